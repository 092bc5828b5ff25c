// Property tests try the same inputs on every run, so that a red run is red for everybody. DEMARC_SEED tries others.
import { configureGlobal } from 'fast-check';

configureGlobal({ seed: Number(process.env.DEMARC_SEED ?? 20261124) });
