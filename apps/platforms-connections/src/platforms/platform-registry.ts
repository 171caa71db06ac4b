import { Problem } from '#contracts';
import { platforms, type PlatformManifest, type PlatformPlaces } from '#connectors';

const PREFIX = 'platform:';

/** Id of a platform: `platform:` + slug. */
export const platformIdOf = (manifest: PlatformManifest): string => `${PREFIX}${manifest.record.slug}`;

/** The platforms of this installation. They are code, so that a connector and its record cannot drift apart. */
export class PlatformRegistry {
  readonly #bySlug: ReadonlyMap<string, PlatformManifest>;

  constructor(readonly places: PlatformPlaces) {
    this.#bySlug = new Map(platforms(places).map((manifest) => [manifest.record.slug, manifest]));
  }

  all(): PlatformManifest[] {
    return [...this.#bySlug.values()];
  }

  /**
   * @param idOrSlug `platform:keap` or `keap`
   * @throws 404 `platforms.not_found`
   */
  get(idOrSlug: string): PlatformManifest {
    const slug = idOrSlug.startsWith(PREFIX) ? idOrSlug.slice(PREFIX.length) : idOrSlug;
    const manifest = this.#bySlug.get(slug);
    if (manifest === undefined) throw new Problem(404, 'platforms.not_found', 'Platform not found');
    return manifest;
  }
}
