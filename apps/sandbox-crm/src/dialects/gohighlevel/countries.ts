/** The store knows countries by three letters, this vendor by two; those that stand in neither column stay as given. */
const CODES: readonly [two: string, three: string][] = [
  ['AT', 'AUT'],
  ['AU', 'AUS'],
  ['BE', 'BEL'],
  ['BR', 'BRA'],
  ['CA', 'CAN'],
  ['CH', 'CHE'],
  ['DE', 'DEU'],
  ['DK', 'DNK'],
  ['ES', 'ESP'],
  ['FR', 'FRA'],
  ['GB', 'GBR'],
  ['IE', 'IRL'],
  ['IN', 'IND'],
  ['IT', 'ITA'],
  ['JP', 'JPN'],
  ['MX', 'MEX'],
  ['NL', 'NLD'],
  ['NO', 'NOR'],
  ['NZ', 'NZL'],
  ['PL', 'POL'],
  ['PT', 'PRT'],
  ['SE', 'SWE'],
  ['SG', 'SGP'],
  ['US', 'USA'],
  ['ZA', 'ZAF'],
];

export const twoLetters = (code: string): string => CODES.find(([, three]) => three === code)?.[0] ?? code;
export const threeLetters = (code: string): string => CODES.find(([two]) => two === code)?.[1] ?? code;
