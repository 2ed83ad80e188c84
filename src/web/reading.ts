import type { PersonScope } from '../identity/visitor.ts';
import type { Page } from './answer.ts';
import type { Asked } from './route.ts';

/** A page about one person, whoever reads it: he himself at its own address, or a support agent within a look-up. */
export interface Reading {
  /** Names it in access rows, and in the words of `access.view`. */
  view: string;
  /** Its address, of the worker himself. */
  path: string;
  read(asked: Asked, scope: PersonScope): Promise<Page>;
}
