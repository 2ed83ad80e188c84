import type { Answer } from '../web/answer.ts';
import type { Asked } from '../web/route.ts';
import type { VerifiedIdentity } from './visitor.ts';

/**
 * A way to sign in. It proves who somebody is and how strongly, nothing else: session, access row and where he goes on are the matter of
 * `sign-in.routes.ts`, alike for all methods.
 */
export interface SignInMethod {
  /** The strongest it can prove (FAS levels: eID 500, paper token 300): offered where that is enough. */
  assurance: number;
  /** Where its button on the sign-in page leads; null for what has a place of its own there. `back` is the own path to return to;
   * `isAgain` asks for a proof as strong as the eID. */
  start: ((back: string, isAgain?: boolean) => string) | null;
  /** Its addresses, below `/sign-in/` and its name. */
  steps: Step[];
  /** Where the browser ends the session of the one who vouched, with the hint it gave at sign-in, and comes back; null when nowhere. */
  leave?(hint: string, comeBack: string): Promise<string | null>;
}

export interface Step {
  method: 'GET' | 'POST';
  path: string;
  /** A script of ours posts JSON here and reads JSON. */
  json?: true;
  /** Goes on from an earlier step of the same browser: it is handed what that kept, which can be handed out once only. */
  goesOn?: true;
  /** Never throws over what the visitor sent: that is `refused`. */
  take(attempt: Attempt): Promise<Outcome> | Outcome;
}

export interface Attempt extends Asked {
  /** What the step before kept for this browser; null where there was none, or it took too long. */
  kept: string | null;
}

export type Outcome = Proven | SignInRefused | NextStep;

/** `back` is where he wanted to go; anything that is no own path is left out. */
export interface Proven {
  proven: VerifiedIdentity;
  back?: unknown;
}

/** The reason is for the log, without a number of a person; the visitor hears one neutral answer. */
export interface SignInRefused {
  refused: string;
  /** Nothing speaks against him, but something could not be asked: he is told to try again later. */
  isPassing?: boolean;
  /** As of `NextStep`: what he goes on from when he tries again. */
  keep?: NextStep['keep'];
  /** The one who would vouch for him does not answer. */
  isAway?: boolean;
  /** Where he wanted to go: he still does. */
  back?: unknown;
  /** The page on which he tries again, in place of the sign-in page, when that says just as little. */
  answer?: Answer;
}

export interface NextStep {
  answer: Answer;
  /** Kept on our side for this browser and this method, for `minutes`, and handed to the next step that goes on. */
  keep?: { text: string; minutes: number };
}
