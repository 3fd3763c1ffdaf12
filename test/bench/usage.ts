import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'

// Of Linux alone; asking the process itself would add to what is measured.
const TICKS_A_SECOND = Number(execFileSync('getconf', ['CLK_TCK'], { encoding: 'utf8' }))

/** The CPU time of a process so far, of all its threads, in user and system mode. */
export function cpuMsOf(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, 'latin1')
  // The second field is the command in brackets, and may hold blanks.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  const [userTicks = Number.NaN, systemTicks = Number.NaN] = fields.slice(11, 13).map(Number)
  return ((userTicks + systemTicks) / TICKS_A_SECOND) * 1000
}

/** The most memory that a process has had so far. */
export function peakMiBOf(pid: number): number {
  const status = readFileSync(`/proc/${pid}/status`, 'latin1')
  return Number(/^VmHWM:\s+(\d+) kB$/m.exec(status)?.[1]) / 1024
}
