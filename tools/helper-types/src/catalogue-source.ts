import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/** A helper type as its folder shows it. */
export interface TypeFolder {
  category: string;
  type: string;
}

export const kebabCase = (type: string): string => type.replaceAll('_', '-');
export const camelCase = (type: string): string =>
  type.replace(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
/** File of a definition, relative to libs/helpers/src. */
export const definitionFile = ({ category, type }: TypeFolder): string =>
  `${category}/${type}/${kebabCase(type)}.helper`;

const folders = (path: string): string[] =>
  readdirSync(path, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .sort();

/** All helper types below libs/helpers/src, by category and type. */
export function findTypes(helpersRoot: string): TypeFolder[] {
  return folders(helpersRoot)
    .filter((category) => !category.startsWith('_'))
    .flatMap((category) => folders(join(helpersRoot, category)).map((type) => ({ category, type })))
    .filter((folder) => existsSync(join(helpersRoot, `${definitionFile(folder)}.ts`)));
}

/** The generated module that lists the definitions. */
export function catalogueSource(types: readonly TypeFolder[]): string {
  const imports = types.map(
    (folder) => `import { ${camelCase(folder.type)} } from './${definitionFile(folder)}.js';\n`,
  );
  const entries = types.map(({ type }) => {
    const name = camelCase(type);
    return type === name ? `  ${type},\n` : `  ${type}: ${name},\n`;
  });
  return [
    '// Generated from the folders of this library by `npm run generate:helpers`; do not edit.\n',
    ...imports,
    '\n/** Every helper type. */\nexport const catalogue = {\n',
    ...entries,
    '} as const;\n',
  ].join('');
}
