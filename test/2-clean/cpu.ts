/** Milliseconds of processor time that `run` takes: unlike time by the clock, it does not grow when others use the machine. */
export function cpuMs(run: () => void): number {
  const before = process.cpuUsage()
  run()
  const {user, system} = process.cpuUsage(before)
  return (user + system) / 1000
}
