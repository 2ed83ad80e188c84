import { holds, type StaffRight } from '../identity/visitor.ts';
import { verdictLine } from '../relations/verdict.pages.ts';
import type { Line } from '../relations/verdict.svg.ts';
import { dayRange, moment, periodNumber } from '../web/dates.ts';
import { type Lang, type Part, rich, say, type Words, words } from '../web/language.ts';
import * as paths from '../web/paths.ts';
import { type AdvisedAnomaly, advised } from './advice.pages.ts';
import { type PeriodNow, periodNow } from './declaration.period.pages.ts';
import { type Fact, sentFacts } from './declaration.sent.pages.ts';
import type { DeskDeclaration, OneDeclaration } from './declarations.ts';
import { deskQuery, EVERYTHING } from './filter.ts';
import type { PersonKeys } from './person-key.ts';
import {
  deskUserName,
  kindName,
  maskedInsz,
  personName,
  type ResultMark,
  resultMark,
  verifiedWords,
} from './words.pages.ts';

declare module '../web/views.ts' {
  interface Views {
    'agency/declaration': DeclarationPage;
  }
}

export interface DeclarationPage {
  title: string;
  w: Words<'deskDetail'>;
  d: Words<'desk'>;
  said: string | null;
  back: string;
  heading: string;
  subtitle: string;
  mark: ResultMark;
  received: Part[];
  anomalies: AdvisedAnomaly[];
  again: string | null;
  verified: string | null;
  verify: { id: string; action: string; label: string; back: string };
  actions: { label: string; href: string }[];
  sent: Fact[];
  period: PeriodNow | null;
  line: Line | null;
  /** Every declaration of this person; null where the agency has none that was accepted. */
  person: { label: string; href: string } | null;
}

/** Everything the agency may know of one of its declarations, and what can be done with it. */
export function declarationPage(
  lang: Lang,
  one: OneDeclaration,
  about: { today: string; keys: PersonKeys; right: StaffRight; said: string | null },
): DeclarationPage {
  const { declaration, relation } = one;
  const { today, keys, right } = about;
  const w = words(lang, 'deskDetail');
  const person = personName(lang, declaration.person);
  const { startDate, endDate } = declaration.days;
  const { workerId } = declaration.person;
  const isRefused = declaration.result === 'B';
  const own = paths.agencyDeclaration(declaration.declarationId);
  return {
    title: say(lang, 'deskDetail.title', { kind: kindName(lang, declaration.kind), person }),
    w,
    d: words(lang, 'desk'),
    said: about.said,
    back: isRefused && declaration.verified === null ? paths.refused() : paths.declarations(),
    heading: person,
    subtitle: [
      kindName(lang, declaration.kind),
      startDate === null ? '' : dayRange(lang, startDate, endDate),
      deskUserName(lang, declaration),
      maskedInsz(declaration.person.insz) === person ? '' : maskedInsz(declaration.person.insz),
    ]
      .filter(Boolean)
      .join(' · '),
    mark: resultMark(lang, declaration),
    received: receivedWords(lang, declaration, today),
    anomalies: advised(lang, declaration.anomalies),
    again: one.again === null ? null : paths.agencyDeclaration(one.again),
    verified: declaration.verified === null ? null : verifiedWords(lang, declaration.verified, today),
    verify: {
      id: declaration.declarationId,
      action: declaration.verified === null ? paths.VERIFICATIONS : paths.WITHDRAWALS,
      label: declaration.verified !== null ? w.undo : isRefused ? w.done : w.verify,
      back: own,
    },
    actions: holds(right, 'declare') ? actions(lang, one) : [],
    sent: sentFacts(lang, declaration),
    period: relation === null ? null : periodNow(lang, one, relation, today),
    line: relation === null ? null : verdictLine(lang, relation),
    person:
      workerId === null
        ? null
        : {
            label: say(lang, 'deskDetail.allOf', { person }),
            href: paths.declarations(deskQuery({ ...EVERYTHING, worker: workerId }, keys)),
          },
  };
}

/** When it came, by which way and from whom. */
function receivedWords(lang: Lang, declaration: DeskDeclaration, today: string): Part[] {
  const { receivedAt, channel, sender, senderName, declarationId } = declaration;
  const way =
    senderName !== null
      ? say(lang, 'deskDetail.way.person', { name: senderName })
      : sender?.startsWith('client:')
        ? say(lang, 'deskDetail.way.client', { client: sender.slice('client:'.length) })
        : words(lang, 'deskDetail').way[channel];
  const number = periodNumber(declarationId);
  if (receivedAt === null) return rich(lang, 'deskDetail.receivedUnknown', { way, number });
  return rich(lang, 'deskDetail.received', { moment: moment(lang, receivedAt, today), way, number });
}

/** What may follow: on a refused one the same again, on a period that stands a change, an end, a cancellation. */
function actions(lang: Lang, { declaration, relation }: OneDeclaration): DeclarationPage['actions'] {
  const w = words(lang, 'deskDetail').act;
  const { declarationId, result, kind } = declaration;
  const again = { label: w.again, href: paths.newDeclaration(`again=${encodeURIComponent(declarationId)}`) };
  if (relation === null || relation.cancelled) return kind === 'DAILY' ? [] : [again];
  const change = (as: 'UPDATE' | 'OUT' | 'CANCEL') => ({
    label: w[as],
    href: paths.newDeclaration(`kind=${as}&period=${encodeURIComponent(relation.periodId)}`),
  });
  const changes = [change('UPDATE'), change('OUT'), change('CANCEL')];
  return result === 'B' ? [again, ...changes] : changes;
}
