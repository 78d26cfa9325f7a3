import { constants } from 'node:os'
import { isSentence, type Text } from '../language/message.ts'

/**
 * What may leave this machine in a support bundle: numbers, and words of our own lists. Whatever a
 * file says is looked up or taken apart here; none of it is copied.
 */

/** `1.4.4` of `Nomad v1.4.4-dev (box-5)`: nothing but the first numbers with dots between. */
export const digits = (text: string): string =>
  /(?<![\d.])\d{1,4}(\.\d{1,6}){1,2}(?![\d.])/.exec(text)?.[0] ?? ''

/** The word itself when it is one of ours, else `other`; '' stays ''. */
export const oneOf = (words: Iterable<string>, text: string): string =>
  text === '' || new Set(words).has(text) ? text : 'other'

/** Rounded to a tenth; null for what is no number. */
export const tenth = (value: unknown): number | null =>
  typeof value === 'number' && Number.isFinite(value) ? Math.round(value * 10) / 10 : null

/** `ca_ES` of `ca_ES.UTF-8@valencia`. */
export function localeOf(env: Readonly<Record<string, string | undefined>>): string {
  const set = env.LC_ALL || env.LC_MESSAGES || env.LANG || ''
  const [language] = /^([a-z]{2}(_[A-Z]{2})?|C|POSIX)(?=[.@]|$)/.exec(set) ?? []
  return language ?? (set === '' ? '' : 'other')
}

/**
 * The sentences of ours that a message is made of, without what they are filled with: `Nomad does not
 * answer at {where}`. What others said is left out.
 */
export function sentenceKeys(text: Text): string[] {
  if (typeof text === 'string' || typeof text !== 'object' || text === null) return []
  const inside = Object.values(text.values ?? {}).flat() as (string | number | Text)[]
  const below = inside.flatMap((value) => (typeof value === 'object' ? sentenceKeys(value) : []))
  return isSentence(text.text) ? [text.text, ...below] : below
}

/** What can be the matter in a run; of any other code the sentence tells more. */
const codes = new Set([
  ...Object.keys(constants.errno),
  ...words(`threw ENOTFOUND EAI_AGAIN NXDOMAIN SERVFAIL HTTP_FAILED HTTP_FILE_CUT HTTP_NOT_JSON
    HTTP_STATUS HTTP_TOO_LONG TLS_FILE TLS_WANTED TOKEN_FILE CERT_HAS_EXPIRED DNS_FAILED DNS_GARBAGE
    ERR_TLS_CERT_ALTNAME_INVALID DEPTH_ZERO_SELF_SIGNED_CERT SELF_SIGNED_CERT_IN_CHAIN
    UNABLE_TO_VERIFY_LEAF_SIGNATURE UND_ERR UND_ERR_SOCKET UND_ERR_HEADERS_OVERFLOW`),
  ...words(`NOMAD_ADDR NOMAD_JOB_FOREIGN NOMAD_NO_HEARTBEAT NOMAD_REFUSED NOMAD_STALE JOB_RUNS_ON
    NO_CLUSTER OTHER_CLUSTER INSIDE_SILENT PUT_BACK_BUSY NOT_UNDONE WATCH_ONLY LAB_REFUSED`),
  ...words(`POWER_BUSY POWER_BY_HAND POWER_COMMAND POWER_DENIED POWER_FAILED POWER_ISOLATE POWER_LATE
    POWER_NAME POWER_NONE POWER_NO_PROGRAM POWER_NO_VM POWER_REFUSED POWER_STUCK STOP_FAILED
    STOP_NOT_ALLOWED VM_NOT_BACK LOCAL_IMAGES LOCAL_MISSING LOCAL_START`),
  ...words(`SSH_AGENT SSH_AUTH SSH_CONFIG SSH_FAILED SSH_FORWARD_PROHIBITED SSH_GONE SSH_HOST_KEY
    SSH_INPUT SSH_KEY_LOCKED SSH_KEY_MISSING SSH_KEY_UNSUPPORTED SSH_TIMEOUT`),
  ...words(`CLUSTER_FILE_MISSING CLUSTER_FILE_WRONG CLUSTER_HANDED_IN EVIDENCE_GARBAGE EVIDENCE_OTHER
    JOURNAL_GARBAGE JOURNAL_LOCKED JOURNAL_UNREADABLE JOURNAL_UNWRITABLE NO_RUN RESULT_GARBAGE`),
  ...words('client-joined cluster-held'),
])

function words(text: string): string[] {
  return text.split(/\s+/)
}

/** The code of a Fault (`NOMAD_503` among them), or `other`. */
export const codeWord = (code: string): string =>
  /^(NOMAD|CONSUL)_[1-5]\d\d$/.test(code) ? code : oneOf(codes, code)
