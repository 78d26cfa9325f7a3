/** What `${{ … }}` may name: `steps.grade.outputs.exit` is values.steps.grade.outputs.exit. */
export type Values = { [name: string]: Values | string | boolean | undefined }
type Value = string | boolean

const token = /\s*(&&|\|\||==|!=|!|\(|\)|'(?:[^']|'')*'|[A-Za-z_][\w.-]*)/y

/**
 * The value of an expression of GitHub's, of the part of its language that our files use: names,
 * strings, == != ! && ||, and the status functions. `ok`: no step before has failed. Throws where it
 * says anything else.
 */
export function evaluate(expression: string, values: Values, ok = true): Value {
  const tokens = tokensOf(expression)
  const take = () => tokens.shift() ?? fail(expression)
  const either = (): Value => {
    let left = both()
    while (tokens[0] === '||') {
      take()
      const right = both()
      left = left || right
    }
    return left
  }
  const both = (): Value => {
    let left = compared()
    while (tokens[0] === '&&') {
      take()
      const right = compared()
      left = left && right
    }
    return left
  }
  const compared = (): Value => {
    const left = single()
    if (tokens[0] !== '==' && tokens[0] !== '!=') return left
    const equal = take() === '=='
    return (`${left}`.toLowerCase() === `${single()}`.toLowerCase()) === equal
  }
  const single = (): Value => {
    const first = take()
    if (first === '!') return !single()
    if (first === '(') {
      const inside = either()
      return take() === ')' ? inside : fail(expression)
    }
    if (first.startsWith("'")) return first.slice(1, -1).replaceAll("''", "'")
    if (tokens[0] !== '(') return named(first, values)
    tokens.splice(0, 2)
    return { always: true, success: ok, failure: !ok, cancelled: false }[first] ?? fail(expression)
  }
  const value = either()
  return tokens.length === 0 ? value : fail(expression)
}

/** The text with every `${{ … }}` in its place. */
export const expand = (text: string, values: Values): string =>
  text.replace(/\$\{\{(.*?)\}\}/gs, (_, inside) => `${evaluate(inside, values)}`)

/** Whether a step or a job with that `if` runs: without a status function only where all went well. */
export function runs(condition: string | undefined, values: Values, ok: boolean): boolean {
  if (condition === undefined) return ok
  const bare = condition.replace(/^\s*\$\{\{|\}\}\s*$/g, '')
  const own = /\b(always|success|failure|cancelled)\(\)/.test(bare)
  return (own || ok) && evaluate(bare, values, ok) !== '' && evaluate(bare, values, ok) !== false
}

function tokensOf(expression: string): string[] {
  const found: string[] = []
  const text = expression.trimEnd()
  token.lastIndex = 0
  while (token.lastIndex < text.length) {
    const at = token.exec(text)
    if (!at?.[1]) return fail(expression)
    found.push(at[1])
  }
  return found
}

/** As GitHub has it: what is not there is the empty string. */
function named(path: string, values: Values): Value {
  let at: Values[string] = values
  for (const name of path.split('.')) at = typeof at === 'object' ? at[name] : undefined
  return typeof at === 'object' ? fail(path) : (at ?? '')
}

function fail(expression: string): never {
  throw new Error(`No expression that our files use: ${expression}`)
}
