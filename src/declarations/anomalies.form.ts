import type { AnomalyMeaning } from './anomalies.meaning.ts';

/** Faults of form: a zone of the message that is missing, malformed, not allowed or out of its range. */

type Words = [nl: string, fr: string, de: string, en: string];

const zones: Record<string, Words> = {
  '00011': ['RSZ-nummer', 'Numéro ONSS', 'LSS-Nummer', 'NSSO number'],
  '00014': ['Ondernemingsnummer', "Numéro d'entreprise", 'Unternehmensnummer', 'Enterprise number'],
  '00024': ['INSZ', 'NISS', 'ENSS', 'INSZ'],
  '00028': ['Geboortedatum', 'Date de naissance', 'Geburtsdatum', 'Birth date'],
  '00046': ['Paritair comité', 'Commission paritaire', 'Paritätische Kommission', 'Joint committee'],
  '00110': ['Statuut van het attest', "Statut de l'attestation", 'Status der Bescheinigung', 'Attestation status'],
  '00131': [
    'Nummer van de gebruiker',
    "Numéro de l'utilisateur",
    'Nummer des Entleihers',
    'Number of the user company',
  ],
  '00218': [
    'Aanmaakdatum van het formulier',
    'Date de création du formulaire',
    'Erstellungsdatum des Formulars',
    'Creation date of the form',
  ],
  '00296': [
    'Identificatie van het formulier',
    'Identification du formulaire',
    'Kennung des Formulars',
    'Form identification',
  ],
  '00297': ['Type van het formulier', 'Type du formulaire', 'Art des Formulars', 'Form type'],
  '00299': [
    'Aanmaakuur van het formulier',
    'Heure de création du formulaire',
    'Erstellungsuhrzeit des Formulars',
    'Creation hour of the form',
  ],
  '00655': ['Type werknemer', 'Type de travailleur', 'Art des Arbeitnehmers', 'Worker type'],
  '00777': ['Beginuur', 'Heure de début', 'Anfangsuhrzeit', 'Start hour'],
  '00778': ['Einduur', 'Heure de fin', 'Enduhrzeit', 'End hour'],
  '00910': ['Begindatum', 'Date de début', 'Anfangsdatum', 'Start date'],
  '00911': ['Einddatum', 'Date de fin', 'Enddatum', 'End date'],
  '00913': ['Dimona-nummer', 'Numéro Dimona', 'Dimona-Nummer', 'Period id'],
  '01135': ['Geplande uren', 'Heures prévues', 'Geplante Stunden', 'Planned hours'],
  '90059': ['Formulier', 'Formulaire', 'Formular', 'Form'],
  '90107': ['Gebruikende onderneming', 'Entreprise utilisatrice', 'Entleiher', 'User company'],
};

const faults: Record<string, { words: Words; when: string }> = {
  '001': { words: ['ontbreekt', 'manquant', 'fehlt', 'missing'], when: 'It is required here and not there.' },
  '003': {
    words: ['ongeldig', 'non valide', 'ungültig', 'not valid'],
    when: 'What was sent does not have the form it must have.',
  },
  '005': {
    words: ['niet toegelaten', 'non autorisé', 'nicht erlaubt', 'not allowed'],
    when: 'It is there and may not be, in this kind of declaration or for this worker type.',
  },
  '008': {
    words: ['buiten het domein', 'hors domaine', 'außerhalb des Wertebereichs', 'out of range'],
    when: 'It has the right form, but its value is not one that is allowed.',
  },
};

const codes =
  '00011-003 00014-003 00024-003 00028-003 00046-001 00046-008 00110-001 00110-003 00131-003 00218-001 00218-003 ' +
  '00296-001 00296-003 00297-001 00297-003 00299-001 00299-003 00655-001 00777-001 00777-003 00777-005 00778-001 00778-003 00778-005 00910-001 00910-003 ' +
  '00910-005 00910-008 00911-001 00911-003 00911-008 00913-003 01135-001 01135-003 01135-005 90059-003 90107-001';

function meaningOf(code: string): AnomalyMeaning {
  const zone = zones[code.slice(0, 5)];
  const fault = faults[code.slice(6)];
  if (zone === undefined || fault === undefined) throw new Error(`no words for ${code}`);
  const word = (i: 0 | 1 | 2 | 3) => `${zone[i]}: ${fault.words[i]}`;
  return { severity: 'B', nl: word(0), fr: word(1), de: word(2), en: word(3), when: fault.when };
}

/** All of these block. */
export const formAnomalies: Record<string, AnomalyMeaning> = Object.fromEntries(
  codes.split(' ').map((code) => [code, meaningOf(code)]),
);
