import { stringify } from 'yaml'

export interface Job {
  key: string
  student: string
  items: string
}

/** GitHub's own limit of a matrix; the rest of a larger class is in further jobs. */
const mostInMatrix = 256

/** Where the parcels of a class are, in the repository that grades it. */
export const parcelsDir = '.github/grade-class'
export const workflowPath = '.github/workflows/grade-class.yml'
export const artifactOf = (key: string): string => `grade-${key}`

/** To be replaced by the teacher; what stands there once stays. */
export const noGrader =
  'YOUR-ORGANISATION/nomad-consul-grader@0000000000000000000000000000000000000000'
export const graderIn = (workflow: string): string | undefined =>
  /uses: ['"]?([\w.-]+\/nomad-consul-grader@[0-9a-f]{40})/.exec(workflow)?.[1]

const about = `# Made by: grade class … --engine actions. It is made anew each time, but for the grader's own line: put
# your copy of the grader there, and the commit that you have tried. For a private repository of the
# teacher's: students' names stand here.
`

/** The workflow that grades each of `jobs` on a runner of its own and keeps what was found there. */
export function workflowOf(
  jobs: readonly Job[],
  how: {
    cluster: 'lab' | 'local'
    seed: number
    language: string
    minutes: number
    grader: string
  },
): string {
  const matrices = Array.from({ length: Math.ceil(jobs.length / mostInMatrix) }, (_, i) =>
    jobs.slice(i * mostInMatrix, (i + 1) * mostInMatrix),
  )
  const workflow = {
    name: 'Grade the class',
    on: { workflow_dispatch: {} },
    permissions: { contents: 'read' },
    jobs: Object.fromEntries(
      matrices.map((include, i) => [
        `grade-${i + 1}`,
        {
          name: `\${{ matrix.student }}`,
          'runs-on': 'ubuntu-24.04',
          'timeout-minutes': how.minutes + 8,
          strategy: { 'fail-fast': false, matrix: { include } },
          steps: stepsOf(how),
        },
      ]),
    ),
  }
  // Comments of a version stand behind a pinned action.
  const text = stringify(workflow, { lineWidth: 0 })
  return about + text.replace(/(uses: )"(.*) # (.*)"/g, '$1$2 # $3')
}

function stepsOf(how: Parameters<typeof workflowOf>[1]) {
  return [
    {
      uses: 'actions/checkout@3d3c42e5aac5ba805825da76410c181273ba90b1 # v7.0.1',
      with: { 'persist-credentials': false },
    },
    {
      name: 'Unpack what was handed in',
      shell: 'bash',
      env: { KEY: `\${{ matrix.key }}` },
      run: `mkdir "handed-in-$KEY"\ntar -xzf "${parcelsDir}/$KEY.tar.gz" -C "handed-in-$KEY"\n`,
    },
    {
      uses: how.grader,
      with: {
        submission: `handed-in-\${{ matrix.key }}`,
        student: `\${{ matrix.student }}`,
        items: `\${{ matrix.items }}`,
        cluster: how.cluster,
        ...(how.cluster === 'lab' && { seed: `${how.seed}` }),
        language: how.language,
        deadline: `${how.minutes}`,
        // A grade, whatever the mark, is no error.
        'fail-on': 'never',
        artifact: artifactOf(`\${{ matrix.key }}`),
      },
    },
  ]
}
