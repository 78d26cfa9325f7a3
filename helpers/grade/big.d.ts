/** What is used of big.js, which brings no types. */
declare module 'big.js' {
  export default class Big {
    constructor(value: number | string | Big)
    plus(other: number | Big): Big
    times(other: number | Big): Big
    div(other: number | Big): Big
    round(decimals: number, mode: 0 | 1 | 2 | 3): Big
    cmp(other: number | Big): -1 | 0 | 1
    toNumber(): number
    toString(): string
  }
}
