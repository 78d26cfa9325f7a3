import { createHash } from 'node:crypto'
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { execa } from 'execa'
import { afterAll, beforeAll, expect, test } from 'vitest'
import which from 'which'
import { tempFolder } from '../harness.ts'

/** The real script, but that another key is HashiCorp's, and that curl gives what is in a folder. */
const script = fileURLToPath(new URL('../../scripts/action/hashicorp.sh', import.meta.url))
const missing = ['gpg', 'zip', 'unzip', 'sha256sum'].filter(
  (name) => which.sync(name, { nothrow: true }) === null,
)
const needs = missing.length > 0 ? ` (skipped: no ${missing.join(', no ')} on PATH)` : ''

const folder = tempFolder()
const at = (...names: string[]) => join(folder.path, ...names)
const gpg = (...args: string[]) =>
  execa('gpg', ['--homedir', at('keys'), '--batch', '--quiet', '--yes', ...args])
const archive = `consul_9.8.7_linux_${process.arch === 'arm64' ? 'arm64' : 'amd64'}.zip`
const sums = 'consul_9.8.7_SHA256SUMS'

beforeAll(async () => {
  if (missing.length > 0) return
  for (const name of ['keys', 'served', 'bin']) mkdirSync(at(name), { mode: 0o700 })
  for (const who of ['hashicorp', 'mallory'])
    await gpg('--passphrase', '', '--quick-gen-key', who, 'ed25519', 'sign', 'never')
  writeFileSync(at('consul'), '#!/bin/sh\necho Consul v9.8.7\n')
  chmodSync(at('consul'), 0o755)
  await execa('zip', ['-q', at('served', archive), 'consul'], { cwd: folder.path })
  const text = readFileSync(script, 'utf8').replace(
    /^fingerprint=.*$/m,
    `fingerprint=${await print('hashicorp')}`,
  )
  writeFileSync(at('hashicorp.sh'), text)
  // The last argument is the address, the one before it the file to write.
  writeFileSync(
    at('bin', 'curl'),
    `#!/usr/bin/env bash\nexec cp "$SERVED/$(basename "\${@: -1}")" "\${@: -2:1}"\n`,
  )
  chmodSync(at('bin', 'curl'), 0o755)
}, 60_000)
afterAll(() => folder[Symbol.dispose]())

async function print(who: string): Promise<string> {
  const { stdout } = await gpg('--with-colons', '--fingerprint', who)
  return /^fpr:+([0-9A-F]+):/m.exec(stdout)?.[1] ?? ''
}

/** What is served: the archive, its sum, and who has signed that. */
async function serve(signer: string, sum = sumOf(at('served', archive))): Promise<void> {
  writeFileSync(at('served', sums), `${sum}  ${archive}\n${'0'.repeat(64)}  another.zip\n`)
  await gpg('--local-user', signer, '--detach-sign', at('served', sums))
  await gpg('--armor', '--output', at('served', 'pgp-key.txt'), '--export', signer)
}

const sumOf = (path: string) => createHash('sha256').update(readFileSync(path)).digest('hex')

const install = (product: string, version: string, to: string, path = '') =>
  execa('bash', [at('hashicorp.sh'), product, version, at(to)], {
    env: {
      PATH: [path, at('bin'), process.env.PATH].filter(Boolean).join(delimiter),
      SERVED: at('served'),
    },
    reject: false,
    all: true,
  })

test.skipIf(missing.length > 0)(
  `Consul is installed where HashiCorp’s key has signed its sum, and only there${needs}`,
  async () => {
    await serve('hashicorp')
    const right = await install('consul', '9.8.7', 'right')
    expect(right.all).toContain('signature and SHA-256 are right')
    expect((await execa(at('right', 'consul'))).stdout).toBe('Consul v9.8.7')

    await serve('mallory')
    const other = await install('consul', '9.8.7', 'other')
    expect(other.all).toContain('not signed by HashiCorp')
    expect([other.exitCode, existsSync(at('other'))]).toEqual([1, false])

    await serve('hashicorp', 'a'.repeat(64))
    const changed = await install('consul', '9.8.7', 'changed')
    expect(changed.all).toContain('is not what HashiCorp has signed')
    expect([changed.exitCode, existsSync(at('changed'))]).toEqual([1, false])
  },
)

test.skipIf(missing.length > 0)(
  `what is on PATH in that version is taken, in another is not; a version is three numbers${needs}`,
  async () => {
    const own = at('own')
    mkdirSync(own)
    writeFileSync(join(own, 'consul'), '#!/bin/sh\necho "Consul v9.8.70-mine"\n')
    chmodSync(join(own, 'consul'), 0o755)
    await serve('hashicorp')
    expect((await install('consul', '9.8.70', 'none', own)).all).toContain('nothing is downloaded')
    expect((await install('consul', '9.8.7', 'some', own)).all).toContain('are right')
    const odd = await install('consul', '9.8;id', 'odd')
    expect([odd.exitCode, odd.all]).toEqual([64, expect.stringContaining('::error::')])
  },
)
