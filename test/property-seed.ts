import fc from 'fast-check'

/**
 * Properties are checked with the same values each time, so that a run of CI says something of the change
 * that it runs on. Other values are for `npm run laws`, and for PROPERTY_SEED.
 */
const SEED = 20261126

const { PROPERTY_SEED } = process.env
fc.configureGlobal({
  ...fc.readConfigureGlobal(),
  seed: PROPERTY_SEED === undefined ? SEED : Number(PROPERTY_SEED),
})
