import { type Answer, type EboxRules, refusal, VALIDITY } from './ebox.message.ts';
import { Paging, paged } from './ebox.told.ts';

/** Reference data: what a message's type, application and organisation are called, in all three languages. */

type Lang = 'nl' | 'fr' | 'de';
const TYPE = { nl: 'Bericht van Interim@work', fr: 'Message d’Interim@work', de: 'Mitteilung von Interim@work' };
const TYPE_TOLD = {
  nl: 'Een overzicht of een melding over je interimwerk',
  fr: 'Un aperçu ou un avis sur votre travail intérimaire',
  de: 'Eine Übersicht oder ein Hinweis zu Ihrer Zeitarbeit',
};
const APPLICATION = { nl: 'Interim@work', fr: 'Interim@work', de: 'Interim@work' };
const SHORT = { nl: 'RSZ', fr: 'ONSS', de: 'LSS' };
const LONG = {
  nl: 'Rijksdienst voor Sociale Zekerheid',
  fr: 'Office national de sécurité sociale',
  de: 'Landesamt für soziale Sicherheit',
};
const LOGO = {
  imageId: 'logo',
  mediaType: 'image/svg+xml',
  bytes: Buffer.from(
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 8"><path fill="#444" d="M0 0h8v8H0z"/></svg>',
  ),
};

/** What a search in one language finds of them. */
export function namesOf(lang: Lang): string[] {
  return [TYPE, TYPE_TOLD, APPLICATION, SHORT, LONG].map((words) => words[lang]);
}

/** `/messageTypes`, `/senderApplications`, `/senderOrganizations`, one of each, and an organisation's image. */
export function referenceData(rules: EboxRules, base: string, path: string, query: URLSearchParams): Answer {
  const [, kind = '', id, image] =
    path.match(
      /^\/(messageTypes|senderApplications|senderOrganizations)(?:\/([^/]+))?(?:\/images\/([^/]+)\/content)?$/,
    ) ?? [];
  const one = itemOf(kind, rules, base);
  if (!one) return refusal(404, 'NOT_FOUND', 'No such reference data');
  if (id === undefined) {
    const paging = Paging.safeParse(Object.fromEntries(query));
    if (!paging.success) return refusal(400, 'INVALID_INPUT', 'page or pageSize');
    return { ...paged([one], paging.data, ({ item }) => item), isCacheable: true };
  }
  if (id !== one.id && id !== encodeURIComponent(one.id))
    return refusal(404, 'NOT_FOUND', `No such ${kind.slice(0, -1)}`);
  if (image === undefined) return { status: 200, body: one.item, isCacheable: true };
  if (kind !== 'senderOrganizations' || image !== LOGO.imageId) return refusal(404, 'NOT_FOUND', 'No such image');
  const file = { type: LOGO.mediaType, name: 'logo.svg', bytes: LOGO.bytes };
  return { status: 200, body: null, file, isCacheable: true };
}

function itemOf(kind: string, rules: EboxRules, base: string): { id: string; item: object } | null {
  const { messageType, application, enterpriseNumber } = rules;
  if (kind === 'messageTypes') {
    const item = {
      messageTypeId: messageType,
      messageTypeName: TYPE,
      messageTypeDescription: TYPE_TOLD,
      validityPeriod: { validityPeriodNumber: VALIDITY.number, validityPeriodUnit: VALIDITY.unit },
      senderOrganizationIds: [enterpriseNumber],
      senderApplicationIds: [application],
    };
    return { id: messageType, item };
  }
  if (kind === 'senderApplications')
    return { id: application, item: { applicationId: application, applicationName: APPLICATION } };
  if (kind !== 'senderOrganizations') return null;
  const contentHref = `${base}/senderOrganizations/${enterpriseNumber}/images/${LOGO.imageId}/content`;
  const logos = [{ imageId: LOGO.imageId, mediaType: LOGO.mediaType, contentHref }];
  const item = { organizationId: enterpriseNumber, organizationShortName: SHORT, organizationLongName: LONG, logos };
  return { id: enterpriseNumber, item };
}
