import fc from 'fast-check'

/** What breaks readers: ends and beginnings of things, huge and empty ones, other alphabets. */
const tokens = [
  '',
  '\0',
  '\n',
  '\r\n',
  '"',
  "'",
  '\\',
  '{',
  '}',
  '[',
  ']',
  '<<EOF\n',
  '${',
  '%{',
  '/*',
  '#',
  '=',
  ':',
  '- ',
  '&a ',
  '*a',
  '!!js/function ',
  '<<: *a',
  '---\n',
  '\ufeff',
  '\u202e',
  '\u{1f600}',
  '\u001b[2J',
  '::set-output name=x::',
  '-1',
  '1e999',
  '9'.repeat(40),
  'null',
  'true',
  '"__proto__": {},',
  '__proto__',
  'constructor',
  '{'.repeat(300),
  '['.repeat(3000),
  'a'.repeat(10_000),
  '../../etc/passwd',
]

type Edit = {
  how: 'cut' | 'flip' | 'twice' | 'insert' | 'end'
  at: number
  length: number
  token: string
}

const edit: fc.Arbitrary<Edit> = fc.record({
  how: fc.constantFrom('cut', 'flip', 'twice', 'insert', 'end'),
  at: fc.double({ min: 0, max: 1, noNaN: true }),
  length: fc.integer({ min: 1, max: 60 }),
  token: fc.constantFrom(...tokens),
})

function edited(bytes: Buffer, { how, at, length, token }: Edit): Buffer {
  const start = Math.floor(at * bytes.length)
  const [before, part, after] = [
    bytes.subarray(0, start),
    bytes.subarray(start, start + length),
    bytes.subarray(start + length),
  ]
  if (how === 'end') return before
  if (how === 'cut') return Buffer.concat([before, after])
  if (how === 'twice') return Buffer.concat([before, part, part, after])
  if (how === 'insert') return Buffer.concat([before, Buffer.from(token), part, after])
  return Buffer.concat([before, Buffer.from(part.map((byte) => byte ^ (1 << (length % 8)))), after])
}

/** A real input with one to four pieces cut, flipped, doubled or put in. */
export function oddBytes(inputs: readonly (string | Buffer)[]): fc.Arbitrary<Buffer> {
  return fc
    .tuple(fc.constantFrom(...inputs), fc.array(edit, { minLength: 1, maxLength: 4 }))
    .map(([input, edits]) => edits.reduce(edited, Buffer.from(input)))
}

export const oddText = (inputs: readonly string[]) =>
  oddBytes(inputs).map((bytes) => bytes.toString('utf8'))

/** Values that are odd wherever they stand. */
export const garbage: readonly unknown[] = [
  null,
  true,
  false,
  0,
  -1,
  1e308,
  2 ** 53,
  '',
  'x',
  '\u202e\u001b[31m',
  '1..2s',
  'a'.repeat(5000),
  [],
  {},
  [null],
  [[]],
  { a: null },
  [1, 'x', {}],
]

export interface Place {
  holder: Record<string, unknown>
  key: string
}

/** Every place of a value that holds another. */
export function placesIn(value: unknown, places: Place[] = []): Place[] {
  if (typeof value !== 'object' || value === null) return places
  const holder = value as Record<string, unknown>
  for (const key of Object.keys(holder)) {
    places.push({ holder, key })
    placesIn(holder[key], places)
  }
  return places
}

/** JSON of the same shape with one to four values replaced, taken away, or moved elsewhere. */
export function oddJson(inputs: readonly unknown[]): fc.Arbitrary<unknown> {
  const change = fc.tuple(fc.nat(), fc.nat(), fc.constantFrom(undefined, ...garbage))
  return fc
    .tuple(fc.constantFrom(...inputs), fc.array(change, { minLength: 1, maxLength: 4 }))
    .map(([input, changes]) => {
      const root = { root: structuredClone(input) }
      for (const [at, from, value] of changes) {
        const places = placesIn(root)
        const place = places[at % places.length]
        if (!place) continue
        const other = places[from % places.length]!
        place.holder[place.key] =
          from % 3 === 0 ? structuredClone(other.holder[other.key]) : structuredClone(value)
      }
      return root.root
    })
}
