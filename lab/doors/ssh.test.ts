import ssh2 from 'ssh2'
import { expect, test } from 'vitest'
import { makeKeyPair } from './ssh.ts'

test('every key that is made can be read', () => {
  for (let made = 0; made < 1500; made++) {
    expect(ssh2.utils.parseKey(makeKeyPair().private)).not.toBeInstanceOf(Error)
  }
})
