import { readFileSync } from 'node:fs';

/** Clock ticks a second in /proc; Linux has used 100 on every machine this runs on. */
const TICKS_PER_SECOND = 100;
const PAGE_BYTES = 4096;
const UTIME = 11;

export interface ProcessFigures {
  /** CPU time since its start, user and system, in milliseconds. */
  cpuMs: number;
  rssMb: number;
}

/** What the operating system says of a process. @throws Error where there is no /proc (the bench runs on Linux) */
export function figuresOf(pid: number): ProcessFigures {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const [user = 0, system = 0] = fields.slice(UTIME, UTIME + 2).map(Number);
  const pages = Number(readFileSync(`/proc/${pid}/statm`, 'utf8').split(' ')[1]);
  return { cpuMs: ((user + system) * 1000) / TICKS_PER_SECOND, rssMb: Math.round((pages * PAGE_BYTES) / 1024 / 1024) };
}
