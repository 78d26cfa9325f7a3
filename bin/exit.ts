import { inLanguage, type Message } from '../helpers/language/message.ts'

/** Exit codes (design: Command): 2 beats 1, 70 beats 2, 130 only after everything was restored. */
export const exit = {
  passed: 0,
  lost: 1,
  inconclusive: 2,
  usage: 64,
  own: 70,
  interrupted: 130,
} as const

/** What the user asked for makes no sense or is not there: one sentence, exit 64. */
export class Usage extends Error {
  override name = 'Usage'
  readonly said: Message

  constructor(sentence: Message) {
    super(inLanguage(sentence, 'en'))
    this.said = sentence
  }
}
