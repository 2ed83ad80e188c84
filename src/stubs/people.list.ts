import { type Birth, makeInsz } from '../generate/numbers.ts';

/** A made-up person of the demo: the same INSZ and PIN in every installation. What was declared of him is told in `people.stories.ts`. */
export interface DemoPerson {
  key: string;
  insz: string;
  givenName: string;
  familyName: string;
  /** `YYYY-MM-DD` */
  birthDate: string;
  /** Of the virtual card: four digits. */
  pin: string;
  /** What there is to see, for the visitor who chooses a card. */
  about: Record<'nl' | 'fr' | 'de' | 'en', string>;
}

type Born = Birth & { serial: number; bis?: 20 | 40 };
type About = [nl: string, fr: string, de: string, en: string];

function person(
  key: string,
  names: [given: string, family: string],
  born: Born,
  pin: string,
  about: About,
): DemoPerson {
  const { year, month, day, serial, bis = 0 } = born;
  const birthDate = `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
  const [nl, fr, de, en] = about;
  const [givenName, familyName] = names;
  return { key, insz: makeInsz(born, serial, bis), givenName, familyName, birthDate, pin, about: { nl, fr, de, en } };
}

/** Workers: everyone has a story. */
export const DEMO_WORKERS: readonly DemoPerson[] = [
  person('regular', ['Łukasz', 'Dvořák'], { year: 1991, month: 4, day: 17, serial: 517 }, '4711', [
    'Werkt vandaag; één laattijdige en één geannuleerde aangifte',
    'Travaille aujourd’hui ; une déclaration tardive et une annulée',
    'Arbeitet heute; eine verspätete und eine annullierte Meldung',
    'Works today; one late and one cancelled declaration',
  ]),
  person('student', ['Lotte', 'Verhoeven'], { year: 2006, month: 2, day: 28, serial: 608 }, '2006', [
    'Studente met drie jobs',
    'Étudiante avec trois jobs',
    'Studentin mit drei Jobs',
    'Student with three jobs',
  ]),
  person('days', ['Moussa', 'Diallo'], { year: 1987, month: 11, day: 3, serial: 733 }, '7007', [
    'Dagcontracten: 700 arbeidsrelaties, twee uitzendkantoren',
    'Contrats journaliers : 700 relations de travail, deux agences d’intérim',
    'Tagesverträge: 700 Arbeitsverhältnisse, zwei Zeitarbeitsfirmen',
    'Day contracts: 700 work relations, two agencies',
  ]),
  person('late', ['Françoise', 'Lefèvre'], { year: 1979, month: 8, day: 21, serial: 544 }, '1979', [
    'Te laat aangegeven vorige week',
    'Déclarée en retard la semaine dernière',
    'Vorige Woche verspätet gemeldet',
    'Declared late last week',
  ]),
  person('cancelled', ['Jiří', 'Novák'], { year: 1994, month: 1, day: 9, serial: 625 }, '9494', [
    'Laattijdig aangegeven en na de start geannuleerd',
    'Déclaré en retard, puis annulé après le début',
    'Verspätet gemeldet und nach dem Beginn annulliert',
    'Declared late and cancelled after the start',
  ]),
  person('nothing', ['Greet', 'Willems'], { year: 1968, month: 6, day: 30, serial: 702 }, '6806', [
    'Er is niets aangegeven',
    'Rien n’est déclaré',
    'Nichts ist gemeldet',
    'Nothing is declared',
  ]),
  person('evenings', ['Yasmina', 'El Amrani'], { year: 2003, month: 12, day: 1, serial: 816 }, '3120', [
    'Flexi-jobs ’s avonds; geboren na 2000',
    'Flexi-jobs en soirée ; née après 2000',
    'Flexi-Jobs am Abend; nach 2000 geboren',
    'Flexi-jobs in the evening; born after 2000',
  ]),
  person('season', ['Ștefan', 'Munteanu'], { year: 1985, month: 5, day: 14, serial: 561, bis: 40 }, '8514', [
    'Seizoenswerk in de fruitteelt, met een bisnummer',
    'Travail saisonnier dans les vergers, avec un numéro bis',
    'Saisonarbeit im Obstbau, mit einer Bis-Nummer',
    'Seasonal fruit work, with a BIS number',
  ]),
  person('changed', ['Ayşe', 'Çelik'], { year: 1990, month: 10, day: 25, serial: 630 }, '9025', [
    'Contract achteraf ingekort',
    'Contrat raccourci après coup',
    'Vertrag nachträglich gekürzt',
    'Contract shortened afterwards',
  ]),
  person('unknownUser', ['Jürgen', 'Küpper'], { year: 1975, month: 3, day: 8, serial: 911 }, '7538', [
    'Gebruiker alleen bekend met een nummer',
    'Utilisateur connu par son seul numéro',
    'Entleiher nur mit Nummer bekannt',
    'User company known by number only',
  ]),
  person('otherSector', ['Nathalie', 'Dubois'], { year: 1983, month: 7, day: 19, serial: 588 }, '8319', [
    'Ook aangegeven buiten de uitzendsector; doet zelf aangiften voor Flexforce',
    'Déclarée aussi hors du secteur intérimaire ; déclare pour Flexforce',
    'Auch außerhalb der Zeitarbeit gemeldet; meldet selbst für Flexforce',
    'Also declared outside temp work; declares for Flexforce herself',
  ]),
  person('sameDay', ['Tom', 'Aerts'], { year: 1996, month: 9, day: 2, serial: 779 }, '9602', [
    'Aangegeven op de dag zelf, om 22 uur',
    'Déclaré le jour même, à 22 heures',
    'Am selben Tag um 22 Uhr gemeldet',
    'Declared on the day itself, at 22:00',
  ]),
  person('abroad', ['Małgorzata', 'Wójcik'], { year: 1998, month: 2, day: 11, serial: 874, bis: 20 }, '9811', [
    'Gebruiker in Duitsland, zonder ondernemingsnummer; bisnummer',
    'Utilisateur en Allemagne, sans numéro d’entreprise ; numéro bis',
    'Entleiher in Deutschland ohne Unternehmensnummer; Bis-Nummer',
    'User company in Germany without enterprise number; BIS number',
  ]),
];

/** Those who only act for an agency, or at the support desk. */
export const DEMO_DESK: readonly DemoPerson[] = [
  person('officer', ['An', 'Peeters'], { year: 1982, month: 9, day: 12, serial: 612 }, '8209', [
    'Werkt bij Tempo Interim: doet aangiften en beheert de collega’s',
    'Travaille chez Tempo Interim : déclare et gère les collègues',
    'Arbeitet bei Tempo Interim: meldet und verwaltet die Kollegen',
    'Works at Tempo Interim: declares, and manages the colleagues',
  ]),
  person('viewer', ['Bram', 'Jacobs'], { year: 1999, month: 3, day: 27, serial: 645 }, '9903', [
    'Werkt bij Tempo Interim: bekijkt aangiften en kijkt ze na',
    'Travaille chez Tempo Interim : consulte et vérifie les déclarations',
    'Arbeitet bei Tempo Interim: sieht Meldungen an und prüft sie',
    'Works at Tempo Interim: looks at declarations and verifies them',
  ]),
  person('agent', ['Sofie', 'Claes'], { year: 1988, month: 5, day: 6, serial: 588 }, '8805', [
    'Werkt bij de helpdesk: zoekt op wie om hulp vraagt',
    'Travaille au helpdesk : cherche qui demande de l’aide',
    'Arbeitet beim Helpdesk: sucht, wer um Hilfe bittet',
    'Works at the help desk: looks up who asks for help',
  ]),
];

/** Everybody who has a virtual card. */
export const DEMO_PEOPLE: readonly DemoPerson[] = [...DEMO_WORKERS, ...DEMO_DESK];
