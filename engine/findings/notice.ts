import type { Place } from '../text/span.ts';

/**
 * What Demarc has to say about its own work on a file, not about Azure. `incomplete`: something could not be read, so a
 * clean result would be a lie. `module`: text that is not on this machine. `stale`: a compiled template that no longer
 * matches its source. `suppression`: a comment that suppresses nothing. `code`: a call that leads nowhere.
 * `configuration`: a setting in a demarc.yaml that cannot be followed.
 */
export type NoticeCode =
  | 'demarc/incomplete'
  | 'demarc/suppression'
  | 'demarc/module'
  | 'demarc/stale'
  | 'demarc/code'
  | 'demarc/configuration';

export interface Notice {
  readonly code: NoticeCode;
  readonly level: 'error' | 'warning' | 'information';
  readonly place: Place;
  /** What is wrong and what to do, in full sentences. */
  readonly message: string;
}
