import { csamMethod } from './methods/csam.method.ts';
import { eidMethod } from './methods/eid.method.ts';
import { mtlsMethod } from './methods/mtls.method.ts';
import { tokenMethod } from './methods/token.method.ts';
import type { SignInMethod } from './sign-in.method.ts';
import type { MethodName } from './visitor.ts';

/** Every sign-in method, by its name in `SIGN_IN`. */
const METHODS = {
  eid: eidMethod,
  token: tokenMethod,
  mtls: mtlsMethod,
  csam: csamMethod,
} satisfies Partial<Record<MethodName, (house: never) => SignInMethod>>;

type Known = keyof typeof METHODS;

/** All that the methods together are handed. */
export type MethodTools = ToolsOf<(typeof METHODS)[Known]> & { config: { SIGN_IN: readonly Known[] } };
type ToolsOf<F> = (F extends (house: infer One) => unknown ? (house: One) => void : never) extends (
  house: infer All,
) => void
  ? All
  : never;

export type OfferedMethod = SignInMethod & { name: MethodName };

/** The methods that the operator offers, in his order. */
export function offeredMethods(house: MethodTools): OfferedMethod[] {
  return house.config.SIGN_IN.map((name) => ({ name, ...METHODS[name](house) }));
}
