import type { Undo, Vm } from '../../contract.ts'
import type { Life } from './life.ts'

/** Nomad's Docker plugin removes an image so long after its last container (cluster-facts §0.2.14). */
const delayMs = 180_000

/** Counts the containers of each image on a VM. */
export interface ImageUsers {
  /** One more; the returned function is its end. */
  use(life: Life, image: string): Undo
  clear(): void
}

export function makeImageUsers(vm: Vm): ImageUsers {
  const users = new Map<string, number>()
  return {
    use(life, image) {
      users.set(image, (users.get(image) ?? 0) + 1)
      return () => {
        users.set(image, (users.get(image) ?? 1) - 1)
        life.after(delayMs, () => {
          if (!users.get(image)) vm.images.delete(image)
        })
      }
    },
    clear: () => users.clear(),
  }
}
