/** A piece of HTML. Only `html` makes one, so that foreign text cannot get in without escaping. */
export interface Markup {
  readonly markup: string
}

type Piece = string | number | Markup | readonly Piece[]

/** Template tag: what is interpolated is escaped, pieces of HTML and lists of them are joined. */
export function html(parts: TemplateStringsArray, ...pieces: Piece[]): Markup {
  return { markup: String.raw({ raw: parts }, ...pieces.map(markup)) }
}

function markup(piece: Piece): string {
  if (typeof piece === 'string') return escapeHtml(piece)
  if (typeof piece === 'number') return String(piece)
  if ('markup' in piece) return piece.markup
  return piece.map(markup).join('')
}

const entities: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => entities[character] ?? '')
}
