import { resolve } from 'node:path'
import type { ClusterFile } from '../helpers/cluster/file.ts'
import { loadClusterFile } from '../helpers/cluster/load.ts'
import { msg } from '../helpers/language/message.ts'
import { Fault, told } from '../helpers/time/fault.ts'
import { madeHere } from './config.ts'
import { Usage } from './exit.ts'

/** The cluster file that `--cluster` names. What is wrong with it is the user's to mend: Usage. */
export async function clusterFile(named: string): Promise<ClusterFile> {
  if (madeHere(named))
    throw new Usage(
      msg(
        '{flag} is made for one run and gone after it; give a cluster file here. {code} makes a lab that stays.',
        { flag: `--cluster ${named}`, code: 'grade lab --out lab.yaml' },
      ),
    )
  try {
    return await loadClusterFile(resolve(named))
  } catch (error) {
    if (error instanceof Fault) throw new Usage(told(error))
    throw error
  }
}
