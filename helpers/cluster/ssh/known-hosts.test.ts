import { afterAll, expect, test } from 'vitest'
import { fingerprintOf, knownKeys, typeOf } from './known-hosts.ts'
import { makeFolder } from './test-sshd.ts'

const folder = makeFolder()
afterAll(() => folder.remove())

/** GitHub's, with the fingerprint that it publishes. */
const key = 'AAAAC3NzaC1lZDI1NTE5AAAAIOMqqnkVzrm0SdG6UOoqKLsabgH5C9okWi0dh2l9GKJl'
const line = `ssh-ed25519 ${key}`

test.each([
  ['192.168.56.105', '192.168.56.105', true],
  ['192.168.56.105', '192.168.56.10', false],
  ['box-5,192.168.56.105', '192.168.56.105', true],
  ['192.168.56.*', '192.168.56.105', true],
  ['192.168.56.10?', '192.168.56.1055', false],
  ['192.168.56.*,!192.168.56.105', '192.168.56.105', false],
  ['[127.0.0.1]:2205', '[127.0.0.1]:2205', true],
  ['[127.0.0.1]:2205', '[127.0.0.1]:2206', false],
  ['@cert-authority *', '192.168.56.105', false],
  ['# 192.168.56.105', '192.168.56.105', false],
])('%s has a key for %s: %s', (names, name, has) => {
  const file = folder.write('known_hosts', `\n${names} ${line} a comment\r\nnonsense\n`)
  const found = knownKeys(file, name)
  expect(found).toHaveLength(has ? 1 : 0)
  if (has) expect(found[0]).toMatchObject({ file, line: 2, type: 'ssh-ed25519', revoked: false })
})

test('a revoked key is told apart, and a file that is not there has none', () => {
  const file = folder.write('known_hosts', `@revoked box-5 ${line}\n`)
  expect(knownKeys(file, 'box-5')).toMatchObject([{ revoked: true }])
  expect(knownKeys(`${file}-none`, 'box-5')).toEqual([])
})

test('type and fingerprint of a key', () => {
  const bytes = Buffer.from(key, 'base64')
  expect(typeOf(bytes)).toBe('ssh-ed25519')
  expect(fingerprintOf(bytes)).toBe('SHA256:+DiY3wvvV6TuJJhbpZisF/zLDA0zPMSvHdkr4UvCOqU')
})
