/** Every address of the portal that a page may lead to. A `query` is given without its question mark. */

export const HOME = '/';
export const LIST = '/relations';
export const LIST_JSON = '/relations.json';
export const LIST_CSV = '/relations.csv';
export const CALENDAR = '/relations/calendar';
export const OVERVIEWS = '/overviews';
export const NEW_OVERVIEW = '/overviews/new';
export const VERIFY = '/verify';
export const FEEDS = '/feeds';
export const DOSSIER = '/my-data';
export const DOSSIER_ZIP = '/my-data.zip';
export const LIST_SCHEMA = '/schemas/relations.json';
export const SIGN_IN = '/sign-in';
export const SIGN_OUT = '/sign-out';
export const EID_CHALLENGE = '/sign-in/eid/challenge';
export const EID = '/sign-in/eid';
export const TOKEN_SIGN_IN = '/sign-in/token';
export const MTLS = '/sign-in/mtls';
export const MTLS_ARRIVAL = '/sign-in/mtls/arrival';
export const CSAM = '/sign-in/csam';
export const CSAM_CALLBACK = '/sign-in/csam/callback';
export const SIGNED_OUT = '/signed-out';
export const CAPACITY = '/capacity';
export const AGENCY = '/agency';
export const DECLARATIONS = '/agency/declarations';
export const DRAFTS = '/agency/drafts';
export const COMPANIES_JSON = '/agency/companies.json';
export const TOKEN = '/REST/oauth/v5/token';
export const DIMONA = '/REST/dimona/v2';
export const BATCHES_REST = '/REST/dimona/v2/batches';
export const OPENAPI = '/openapi.json';
export const DEVELOPERS = '/developers';
export const BATCHES = '/agency/batches';
export const COLLEAGUES = '/agency/colleagues';
export const COLLEAGUE_RIGHTS = '/agency/colleagues/rights';
export const COLLEAGUE_REMOVALS = '/agency/colleagues/removals';
export const DECLARATIONS_EXPORT = '/agency/declarations/export';
export const REFUSED = '/agency/refused';
export const SEARCHES = '/agency/searches';
export const VERIFICATIONS = '/agency/verifications';
export const WITHDRAWALS = '/agency/withdrawals';
export const ADDRESS = '/keys/email';
export const ADDRESS_CONFIRMATIONS = '/keys/email/confirmations';
export const ADDRESS_REMOVALS = '/keys/email/removals';
export const KEYS = '/keys';
export const KEYS_ACCOUNT = '/keys/account';
export const KEYS_NAMES = '/keys/names';
export const KEYS_PASSWORDS = '/keys/passwords';
export const KEYS_CARDS = '/keys/cards';
export const KEYS_NEW_CARD = '/keys/cards/new';
export const KEYS_ACTIVATIONS = '/keys/activations';
export const KEYS_REVOCATIONS = '/keys/revocations';
export const KEYS_SESSIONS = '/keys/sessions';
export const REPORTS = '/reports';
export const REPORT_DRAFTS = '/reports/drafts';
export const AGENCY_REPORTS = '/agency/reports';
export const SHIFTS = '/shifts';
export const SHIFT_REMOVALS = '/shifts/removals';
export const NOTICES = '/notices';
export const ACCESS = '/access';
export const SUPPORT = '/support';
export const LOOKUPS = '/support/lookups';
export const HELP = '/help';
export const HELP_PIN = '/help/pin';
export const HELP_ACCESS = '/help/access';
export const HELP_CARD = '/help/card';
export const ACCESSIBILITY = '/accessibility';
export const PRIVACY = '/privacy';

export const restDeclaration = (id: string) => `${DIMONA}/declarations/${encodeURIComponent(id)}`;
export const restBatch = (id: string) => `${BATCHES_REST}/${encodeURIComponent(id)}`;
export const restPeriod = (id: string) => `${DIMONA}/periods/${encodeURIComponent(id)}`;

/** A chapter of the help page. */
export type HelpChapter = 'not-declared' | 'late' | 'cancelled' | 'changed' | 'wrong-company' | 'sign-in' | 'contact';

const withQuery = (path: string, query: string) => (query === '' ? path : `${path}?${query}`);

export const list = (query = '') => withQuery(LIST, query);
export const listJson = (query = '') => withQuery(LIST_JSON, query);
export const listCsv = (query = '') => withQuery(LIST_CSV, query);
/** A relation; `query` is the filter of the list it was found in, so that the way back is known. */
export const relation = (periodId: string, query = '') => withQuery(`${LIST}/${encodeURIComponent(periodId)}`, query);
export const help = (chapter: HelpChapter) => `${HELP}#${chapter}`;
/** The colleagues of an officer; `said` is what the last change did. */
export const colleagues = (said = '') => withQuery(COLLEAGUES, said === '' ? '' : `said=${said}`);
export const colleague = (key: string) => `${COLLEAGUES}/${encodeURIComponent(key)}`;
export const colleagueRemoval = (key: string) => `${colleague(key)}/removal`;
/** The page of the confirmed e-mail address; `said` is what the last act did, `comeBack` where somebody came from. */
export const address = (said = '', comeBack = HOME) =>
  withQuery(
    ADDRESS,
    String(new URLSearchParams({ ...(said && { said }), ...(comeBack !== HOME && { return: comeBack }) })),
  );
/** The support desk; `said` tells what became of the last look-up. */
export const support = (said = '') => withQuery(SUPPORT, said && `said=${said}`);
/** A look-up, and the pages inside it. */
export const lookup = (id: string, within: LookupPage | '' = '', query = '') =>
  withQuery(`${LOOKUPS}/${encodeURIComponent(id)}${within && `/${within}`}`, query);
export type LookupPage = 'help' | 'closures' | 'session-endings' | 'unlockings' | 'resendings';
/** Who saw the worker's data. */
export const access = (query = '') => withQuery(ACCESS, query);
export const overview = (id: string) => `${OVERVIEWS}/${encodeURIComponent(id)}`;
export const overviewRevocation = (id: string) => `${overview(id)}/revocation`;
/** What an overview of this filter may hold, before it is made. */
export const newOverview = (query = '') => withQuery(NEW_OVERVIEW, query);
/** A calendar that whoever has the secret may read. */
export const feed = (secret: string) => `${FEEDS}/${encodeURIComponent(secret)}.ics`;
export const feedRevocation = (id: string) => `${FEEDS}/${encodeURIComponent(id)}/revocation`;
/** Whether the document with this code is genuine. */
export const verify = (code: string) => `${VERIFY}/${encodeURIComponent(code)}`;
/** Ways to send an overview; one sending, and its trying anew. */
export const deliveries = (overviewId: string) => `${overview(overviewId)}/deliveries`;
export const delivery = (overviewId: string, id: string) => `${deliveries(overviewId)}/${encodeURIComponent(id)}`;
export const deliveryTries = (overviewId: string, id: string) => `${delivery(overviewId, id)}/tries`;
export const overviewPdf = (id: string) => `${overview(id)}/overview.pdf`;

/** Something to report: about a relation (`period`), or about a day on which nothing is declared (`day`). */
export const newReport = (query = '') => withQuery(`${REPORTS}/new`, query);
export const reportDraft = (id: string, step: '' | 'edit' = '') =>
  withQuery(`${REPORT_DRAFTS}/${encodeURIComponent(id)}`, step && `step=${step}`);
export const report = (id: string) => `${REPORTS}/${encodeURIComponent(id)}`;
export const reportStep = (id: string, step: 'replies' | 'confirmations' | 'withdrawals' | 'referrals') =>
  `${report(id)}/${step}`;
export const reportPdf = (id: string) => `${report(id)}/case.pdf`;
/** What a worker noted; `query` is what the last act did, or a form that is not right yet. */
export const shifts = (query = '') => withQuery(SHIFTS, query);
/** Ends notices: the secret stands in the mail only. */
export const unsubscribe = (secret: string) => `/unsubscribe/${encodeURIComponent(secret)}`;
export const agencyReports = (query = '') => withQuery(AGENCY_REPORTS, query);
export const agencyReport = (id: string, query = '') => withQuery(`${AGENCY_REPORTS}/${encodeURIComponent(id)}`, query);
export const agencyReportAnswers = (id: string) => `${agencyReport(id)}/answers`;

/** The form of staff: `kind` and `period`, `again` with the id of an earlier declaration, or `report` with that of a report. */
export const newDeclaration = (query = '') => withQuery('/agency/declarations/new', query);
export const receipt = (declarationId: string) => `${agencyDeclaration(declarationId)}/receipt`;
/** A form that is being filled in; `edit` shows the form where nothing is wrong either. */
export const draft = (id: string, step: '' | 'edit' = '') =>
  withQuery(`${DRAFTS}/${encodeURIComponent(id)}`, step && `step=${step}`);

/** The year, with the filters that narrow it. */
export const year = (of: number, query = '') =>
  withQuery(CALENDAR, query === '' ? `year=${of}` : `year=${of}&${query}`);

/** A month `YYYY-MM`, with the filters that narrow it. */
export const month = (of: string, query = '') => withQuery(`${CALENDAR}/${of}`, query);

/** A file of declarations; `known` says that it came before. */
export const batch = (id: string, query = '') => withQuery(`${BATCHES}/${encodeURIComponent(id)}`, query);
export const batchReceipt = (id: string) => `${batch(id)}/receipt.xml`;
export const batchNotifications = (id: string, from: number) =>
  withQuery(`${batch(id)}/notifications.xml`, `from=${from}`);

/** The agency's declarations, one of them, and the table taken along. */
export const declarations = (query = '') => withQuery(DECLARATIONS, query);
export const agencyDeclaration = (declarationId: string, query = '') =>
  withQuery(`${DECLARATIONS}/${encodeURIComponent(declarationId)}`, query);
export const declarationsExport = (query = '') => withQuery(DECLARATIONS_EXPORT, query);
export const refused = (query = '') => withQuery(REFUSED, query);

/** Sign in and come back to an own address (path and query). */
export const signIn = (comeBack?: string) =>
  comeBack === undefined ? SIGN_IN : `${SIGN_IN}?return=${encodeURIComponent(comeBack)}`;

/** The paper token's step that comes next; `said` is what was wrong with the last. */
export const tokenSignIn = (query = '') => withQuery(TOKEN_SIGN_IN, query);
/** Digital keys; `said` is what the last change did, or what was wrong with it. */
export const keys = (said = '', minutes = 0) =>
  withQuery(KEYS, `${said && `said=${said}`}${minutes ? `&minutes=${minutes}` : ''}`);
export const keysAccount = (said = '') => withQuery(KEYS_ACCOUNT, said === '' ? '' : `said=${said}`);
export const keysCard = (cardId: string) => `${KEYS_CARDS}/${encodeURIComponent(cardId)}`;
export const keysCardPdf = (cardId: string) => `${keysCard(cardId)}/card.pdf`;
/** The sign-in page, saying that it did not work; `isPassing` when nothing speaks against the visitor. */
export const signInFailed = (isPassing = false) => `${SIGN_IN}?failed=${isPassing ? 'passing' : 'no'}`;

/** By a card's certificate in the TLS handshake; and back from there with a code. */
export const mtls = (comeBack: string) => (comeBack === HOME ? MTLS : `${MTLS}?return=${encodeURIComponent(comeBack)}`);
export const mtlsArrival = (code: string) => `${MTLS_ARRIVAL}?code=${code}`;

/** Prove once more who one is, strongly, and come back to an own address. */
export const signInAgain = (comeBack: string) => `${signIn(comeBack)}&again=1`;

/** To CSAM and back to an own address; `isAgain` asks for a proof as strong as the eID. */
export const csam = (comeBack: string, isAgain = false) =>
  `${CSAM}?return=${encodeURIComponent(comeBack)}${isAgain ? '&again=1' : ''}`;

/** Choose as what to act, and go on to an own address. */
export const capacity = (comeBack = HOME) =>
  comeBack === HOME ? CAPACITY : `${CAPACITY}?return=${encodeURIComponent(comeBack)}`;
