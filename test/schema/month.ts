/** A month of 644 records, of the emulator's 2,000, and what the upstream is asked for it. */
export const MONTH = { from: '2026-10-24', to: '2026-11-23' }
export const DAYS = 'starttime=2026-10-24 endtime=2026-11-23'
