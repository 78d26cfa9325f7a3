/** `npx node tests/docs/write.ts`: writes the pages that are made out of the code. */
import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { withEveryKey } from './cluster-yaml.ts'
import { commandsPage } from './commands.ts'

const docs = (name: string) => fileURLToPath(new URL(`../../docs/${name}`, import.meta.url))

/** Path of each made page, and what must stand in it. */
export async function madePages(): Promise<{ path: string; text: string }[]> {
  const clusterYaml = docs('cluster-yaml.md')
  return [
    { path: docs('commands.md'), text: await commandsPage() },
    { path: clusterYaml, text: withEveryKey(readFileSync(clusterYaml, 'utf8')) },
  ]
}

if (process.argv[1] === fileURLToPath(import.meta.url))
  for (const { path, text } of await madePages()) writeFileSync(path, text)
