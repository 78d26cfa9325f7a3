import type { ContainerPort } from '../contract.ts'

const longestLine = 16 * 1024

/**
 * The official image's redis, as far as an inline PING (redis 7.0.15 answers `+PONG`); any other
 * command is a gap, said in redis's own way of errors.
 */
export const redisPort: ContainerPort = (socket) => {
  let waiting = ''
  socket.on('error', () => socket.destroy())
  socket.on('data', (chunk: Buffer) => {
    const lines = `${waiting}${chunk.toString('latin1')}`.split('\n')
    waiting = lines.pop() ?? ''
    for (const line of lines) socket.write(answer(line.trim()))
    if (waiting.length > longestLine) socket.destroy()
  })
}

function answer(line: string): string {
  if (line === '') return ''
  return line.toUpperCase() === 'PING'
    ? '+PONG\r\n'
    : `-ERR lab: the redis command ${line.slice(0, 40)} is not simulated\r\n`
}
