/**
 * The countries of the seeded people. Telephone numbers are from the ranges that each country's regulator keeps free
 * for films and examples: whatever a helper does with one, no stranger's phone rings.
 */
export interface Country {
  code: string;
  /** How many of fifty contacts live there. */
  share: number;
  firstNames: Words;
  lastNames: Words;
  places: readonly [Place, ...Place[]];
  streets: Words;
  /** A street and a house number in the order of the country. */
  line: (street: string, house: number) => string;
  /** How many numbers of each place are free for examples: a power of ten. */
  phones: number;
}

export interface Place {
  city: string;
  region: string;
  postalCode: string;
  /** Start of the place's example numbers; what is missing are the last digits. */
  dial: string;
}

type Words = readonly [string, ...string[]];

export const COUNTRIES: readonly [Country, ...Country[]] = [
  {
    code: 'USA',
    share: 20,
    firstNames: words(
      'Aaliyah Andre Brooke Caleb Camila Darius Elena Ethan Grace Hannah Isaac Jasmine Jordan Keisha Liam Mateo Mia Naomi Owen Priya Ruby Sofia Tyler Victoria',
    ),
    lastNames: words(
      'Abbott Baker Bennett Castillo Chandra Coleman Delgado Ellison Foster Garcia Hayes Jackson Kim Lopez Mitchell Nguyen Parker Quinn Ramirez Sullivan Tran Vargas Whitfield Young',
    ),
    places: [
      place('Phoenix', 'Arizona', '85004', '+160255501'),
      place('Austin', 'Texas', '78701', '+151255501'),
      place('Portland', 'Oregon', '97205', '+150355501'),
      place('Denver', 'Colorado', '80202', '+130355501'),
      place('Chicago', 'Illinois', '60607', '+131255501'),
      place('Atlanta', 'Georgia', '30308', '+140455501'),
      place('Boston', 'Massachusetts', '02116', '+161755501'),
      place('Seattle', 'Washington', '98101', '+120655501'),
      place('Nashville', 'Tennessee', '37203', '+161555501'),
      place('Miami', 'Florida', '33130', '+130555501'),
      place('Minneapolis', 'Minnesota', '55403', '+161255501'),
      place('San Diego', 'California', '92101', '+161955501'),
    ],
    streets: words('Maple Avenue|Oak Street|Lakeview Drive|Juniper Lane|Second Street|Mill Road', '|'),
    line: (street, house) => `${house} ${street}`,
    phones: 100,
  },
  {
    code: 'GBR',
    share: 8,
    firstNames: words(
      'Aisha Alfie Callum Charlotte Daisy Ewan Freya Harriet Imogen Jack Lewis Megan Nia Oliver Rory Zara',
    ),
    lastNames: words(
      'Adeyemi Ashworth Bains Campbell Davies Farrow Graham Hughes Iqbal Kendall Murray Owens Patel Reid Shaw Turner',
    ),
    places: [
      place('London', 'England', 'SE1 7PB', '+442079460'),
      place('Manchester', 'England', 'M1 1AE', '+441614960'),
      place('Leeds', 'England', 'LS1 4AP', '+441134960'),
      place('Edinburgh', 'Scotland', 'EH1 2NG', '+441314960'),
    ],
    streets: words('High Street|Station Road|Church Lane|Victoria Road|Orchard Close', '|'),
    line: (street, house) => `${house} ${street}`,
    phones: 1000,
  },
  {
    code: 'CAN',
    share: 6,
    firstNames: words('Amelia Benoît Chloé Dylan Élise Gabriel Isla Jérôme Kiran Logan Maude Noah Simone Théo'),
    lastNames: words(
      'Bélanger Chan Desjardins Fraser Gagnon Gill Lavoie MacLeod Morin Pelletier Roy Sinclair Wong Tremblay',
    ),
    places: [
      place('Toronto', 'Ontario', 'M5H 2N2', '+141655501'),
      place('Vancouver', 'British Columbia', 'V6B 1A1', '+160455501'),
      place('Montréal', 'Quebec', 'H2Y 1C6', '+151455501'),
    ],
    streets: words('Queen Street West|Granville Street|Elm Crescent|Rideau Avenue', '|'),
    line: (street, house) => `${house} ${street}`,
    phones: 100,
  },
  {
    code: 'DEU',
    share: 6,
    firstNames: words(
      'Anke Björn Clara Dieter Emre Franziska Günther Heike Jana Jürgen Katrin Lukas Merve Sören Ute Yannick',
    ),
    lastNames: words(
      'Bauer Brückner Demir Fischer Hoffmann Jäger Keller Krüger Lehmann Möller Neumann Schäfer Vogt Weiß Yilmaz Zimmermann',
    ),
    places: [
      place('Berlin', 'Berlin', '10115', '+493023125'),
      place('Hamburg', 'Hamburg', '20095', '+494066969'),
      place('München', 'Bayern', '80331', '+498999998'),
      place('Köln', 'Nordrhein-Westfalen', '50667', '+492214710'),
      place('Frankfurt am Main', 'Hessen', '60311', '+496990009'),
    ],
    streets: words('Lindenstraße|Bahnhofstraße|Gartenweg|Goethestraße|Am Markt', '|'),
    line: (street, house) => `${street} ${house}`,
    phones: 1000,
  },
  {
    code: 'AUS',
    share: 4,
    firstNames: words('Archie Bronte Cooper Darcy Evie Hamish Indi Jarrah Kirra Lachlan Matilda Tahlia'),
    lastNames: words('Barlow Cartwright Doyle Fitzgerald Georgiou Harrington Kostas Le Mackay Nicholls Pham Winters'),
    places: [
      place('Sydney', 'New South Wales', '2000', '+6125550'),
      place('Melbourne', 'Victoria', '3000', '+6135550'),
      place('Brisbane', 'Queensland', '4000', '+6175550'),
    ],
    streets: words('George Street|Wattle Grove|Harbour Parade|Bourke Road', '|'),
    line: (street, house) => `${house} ${street}`,
    phones: 10_000,
  },
  {
    code: 'FRA',
    share: 4,
    firstNames: words('Amélie Bastien Camille Djamila Étienne Gaëlle Hugo Inès Léa Mathieu Océane Rémi'),
    lastNames: words('Aubert Benali Chevalier Dupont Fournier Girard Haddad Lefèvre Moreau Perrin Rousseau Vidal'),
    places: [
      place('Paris', 'Île-de-France', '75011', '+3319900'),
      place('Lyon', 'Auvergne-Rhône-Alpes', '69002', '+3346571'),
      place('Bordeaux', 'Nouvelle-Aquitaine', '33000', '+3353649'),
    ],
    streets: words('rue Victor Hugo|avenue de la République|rue des Lilas|place du Marché', '|'),
    line: (street, house) => `${house} ${street}`,
    phones: 10_000,
  },
  {
    code: 'SWE',
    share: 2,
    firstNames: words('Anders Åsa Elin Fredrik Göran Ingrid Linnéa Nils Sanna Viktor'),
    lastNames: words('Ahlgren Bergström Dahl Ekholm Forsberg Hassan Lindqvist Nyström Öberg Söderlund'),
    places: [
      place('Stockholm', 'Stockholms län', '111 21', '+468465004'),
      place('Göteborg', 'Västra Götaland', '411 03', '+463139006'),
      place('Malmö', 'Skåne', '211 20', '+464062804'),
    ],
    streets: words('Storgatan|Kyrkogatan|Björkvägen|Hamngatan', '|'),
    line: (street, house) => `${street} ${house}`,
    phones: 100,
  },
];

/** The fifty contacts after each other, by the index of their country. */
const CYCLE = COUNTRIES.flatMap((country) => Array.from({ length: country.share }, (_, slot) => ({ country, slot })))
  // Seven is no divisor of fifty, so that steps of seven meet each of them once and neighbours differ.
  .map((_entry, at, all) => all[(at * 7) % all.length] ?? { country: COUNTRIES[0], slot: 0 });

/** Where the contact at a position lives; no two of the first 2,500 get the same telephone number. */
export function homeOf(seed: number, index: number): { country: Country; place: Place; phone: string } {
  const { country, slot } = CYCLE[index % CYCLE.length] ?? { country: COUNTRIES[0], slot: 0 };
  const { places, phones, share } = country;
  const rank = Math.floor(index / CYCLE.length) * share + slot;
  const place = places[(rank + Math.abs(seed)) % places.length] ?? places[0];
  const line = Math.floor(rank / places.length) % phones;
  return { country, place, phone: place.dial + String(line).padStart(String(phones - 1).length, '0') };
}

function place(city: string, region: string, postalCode: string, dial: string): Place {
  return { city, region, postalCode, dial };
}

function words(text: string, separator = ' '): Words {
  const [first = '', ...rest] = text.split(separator);
  return [first, ...rest];
}
