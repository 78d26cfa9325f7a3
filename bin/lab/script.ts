/**
 * What the page does in the browser: it puts the parts that the lab sends into their places, and asks
 * for what its buttons say. All words come from the server, escaped.
 */
export const script = `'use strict';
const status = document.getElementById('said');
const words = document.body.dataset;
let source;
let minutes = '5';

function follow() {
  source?.close();
  source = new EventSource('events?minutes=' + minutes);
  source.onmessage = ({ data }) => {
    document.body.classList.remove('lost');
    for (const [id, markup] of Object.entries(JSON.parse(data))) {
      const place = document.getElementById(id);
      if (place) place.innerHTML = markup;
    }
  };
  source.onerror = () => {
    if (document.body.classList.contains('lost')) return;
    document.body.classList.add('lost');
    say(words.lost);
  };
}

function say(text) {
  status.textContent = text;
}

async function ask(path, { done, busy }) {
  try {
    const answer = await fetch(path, { method: 'POST', headers: { 'X-Grade-Lab': '1' } });
    say(answer.ok ? done : answer.status === 409 ? busy : await answer.text());
  } catch {
    say(words.lost);
  }
}

document.addEventListener('click', ({ target }) => {
  const button = target instanceof Element ? target.closest('button[data-ask]') : null;
  if (button) void ask(button.dataset.ask, button.dataset);
});

document.getElementById('minutes').addEventListener('change', (event) => {
  minutes = event.target.value;
  follow();
});

document.getElementById('faults').addEventListener('submit', (event) => {
  event.preventDefault();
  const name = document.getElementById('fault-name').value;
  const vm = document.getElementById('fault-vm').value;
  const path = 'fault/' + encodeURIComponent(name) + '?vm=' + encodeURIComponent(vm);
  void ask(path, { done: words.switched, busy: event.target.dataset.busy });
});

follow();
`
