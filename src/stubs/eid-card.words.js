/** What the virtual reader says, in the portal's four languages. */
export const WORDS = {
  nl: {
    title: 'Virtuele kaartlezer',
    intro: 'Alleen in de demo. Kies een kaart van iemand die niet bestaat en meld je aan.',
    cards: 'Kaart in de lezer',
    pin: 'Pincode',
    pinHint: (pin) => `De pincode van deze kaart is ${pin}.`,
    sign: 'Aanmelden',
    cancel: 'Stoppen',
    replace: 'Nieuwe kaart geven',
    replaced: 'Er zit een nieuwe kaart in de lezer. Geef de pincode in.',
    pinMissing: 'Geef de pincode in.',
    pinWrong: (left) =>
      left === 1 ? 'Foute pincode. Je kan nog 1 keer proberen.' : `Foute pincode. Je kan nog ${left} keer proberen.`,
    pinBlocked: 'Drie foute pincodes: deze kaart is geblokkeerd. Geef een nieuwe kaart of kies een andere.',
    unreachable: 'De virtuele kaartlezer antwoordt niet. Draait de demo nog?',
  },
  fr: {
    title: 'Lecteur de carte virtuel',
    intro: 'Uniquement dans la démo. Choisissez la carte d’une personne fictive et connectez-vous.',
    cards: 'Carte dans le lecteur',
    pin: 'Code PIN',
    pinHint: (pin) => `Le code PIN de cette carte est ${pin}.`,
    sign: 'Se connecter',
    cancel: 'Arrêter',
    replace: 'Donner une nouvelle carte',
    replaced: 'Une nouvelle carte est dans le lecteur. Entrez le code PIN.',
    pinMissing: 'Entrez le code PIN.',
    pinWrong: (left) =>
      left === 1 ? 'Code PIN erroné. Il vous reste 1 essai.' : `Code PIN erroné. Il vous reste ${left} essais.`,
    pinBlocked:
      'Trois codes PIN erronés : cette carte est bloquée. Donnez une nouvelle carte ou choisissez-en une autre.',
    unreachable: 'Le lecteur virtuel ne répond pas. La démo tourne-t-elle encore ?',
  },
  de: {
    title: 'Virtueller Kartenleser',
    intro: 'Nur in der Demo. Wählen Sie die Karte einer erfundenen Person und melden Sie sich an.',
    cards: 'Karte im Leser',
    pin: 'PIN-Code',
    pinHint: (pin) => `Der PIN-Code dieser Karte ist ${pin}.`,
    sign: 'Anmelden',
    cancel: 'Abbrechen',
    replace: 'Neue Karte geben',
    replaced: 'Eine neue Karte steckt im Leser. Geben Sie den PIN-Code ein.',
    pinMissing: 'Geben Sie den PIN-Code ein.',
    pinWrong: (left) =>
      left === 1
        ? 'Falscher PIN-Code. Sie haben noch 1 Versuch.'
        : `Falscher PIN-Code. Sie haben noch ${left} Versuche.`,
    pinBlocked:
      'Drei falsche PIN-Codes: Diese Karte ist gesperrt. Geben Sie eine neue Karte oder wählen Sie eine andere.',
    unreachable: 'Der virtuelle Leser antwortet nicht. Läuft die Demo noch?',
  },
  en: {
    title: 'Virtual card reader',
    intro: 'In the demo only. Choose the card of someone who does not exist and sign in.',
    cards: 'Card in the reader',
    pin: 'PIN',
    pinHint: (pin) => `The PIN of this card is ${pin}.`,
    sign: 'Sign in',
    cancel: 'Stop',
    replace: 'Give a new card',
    replaced: 'A new card is in the reader. Enter the PIN.',
    pinMissing: 'Enter the PIN.',
    pinWrong: (left) => (left === 1 ? 'Wrong PIN. You have 1 try left.' : `Wrong PIN. You have ${left} tries left.`),
    pinBlocked: 'Three wrong PINs: this card is blocked. Give a new card or choose another one.',
    unreachable: 'The virtual reader does not answer. Is the demo still running?',
  },
};
