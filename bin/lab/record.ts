import type { Lab } from '../../lab/contract.ts'
import type { DnsSaid, LabView } from '../../lab/view.ts'
import { type LabTracks, noTracks, takeDns, takeView } from './tracks.ts'

/** A lab and all that has happened in it since it was recorded. */
export interface LabRecord {
  readonly lab: Lab
  /** Cluster ms. */
  readonly began: number
  readonly tracks: LabTracks
  /** What is so now. */
  readonly view: LabView
  readonly dns: readonly DnsSaid[]
  /** Asks DNS again: its answer may change by itself. */
  look(): Promise<void>
  onChange(act: () => void): () => void
  end(): void
}

export function recordLab(lab: Lab): LabRecord {
  const tracks = noTracks()
  const listeners = new Set<() => void>()
  let view = lab.view()
  let dns: DnsSaid[] = []
  const tell = () => {
    for (const act of listeners) act()
  }
  takeView(tracks, view, true)

  let asking: Promise<void> | undefined
  const ask = async () => {
    dns = await Promise.all([...tracks.names.keys()].map((name) => lab.dns(name)))
    takeDns(tracks, lab.view(), dns)
    tell()
  }
  const look = () => {
    asking ??= ask().finally(() => {
      asking = undefined
    })
    return asking
  }
  let planned: NodeJS.Immediate | undefined
  const undo = lab.watch(() => {
    planned ??= setImmediate(() => {
      planned = undefined
      view = lab.view()
      takeView(tracks, view, false)
      tell()
      // An answer that is on its way may be of before.
      void (asking ?? Promise.resolve()).then(look)
    })
  })
  return {
    lab,
    began: view.at,
    tracks,
    get view() {
      return view
    },
    get dns() {
      return dns
    },
    look,
    onChange(act) {
      listeners.add(act)
      return () => void listeners.delete(act)
    },
    end() {
      undo()
      clearImmediate(planned)
    },
  }
}
