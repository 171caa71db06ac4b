import type { EffectLog } from '../effects/effect-log.js';
import { escapeHtml } from '../server/html.js';
import type { CrmStore } from '../store/crm-store.js';
import { effectItem } from './effect-view.js';

const SHOWN_AT_FIRST = 25;

/** The newest effects and what the script needs to go on from there; with a contact only those about it. */
export function effectsSection(effects: EffectLog, store: CrmStore, contactId?: string): string {
  const newest = effects.latest(SHOWN_AT_FIRST, contactId);
  const stream = `/effects/stream${contactId === undefined ? '' : `?contact=${encodeURIComponent(contactId)}`}`;
  return `<section id="effects" aria-labelledby="effects-title" data-stream="${escapeHtml(stream)}" data-cursor="${effects.epoch}.${effects.last}">
<h2 id="effects-title">What was changed</h2>
<p class="bar"><span role="status" id="effects-state">As of the loading of this page</span>
<button type="button" id="effects-pause" hidden>Pause</button></p>
<div role="log" aria-label="Effects, newest first"><ol id="effects-list">${newest.map((effect) => effectItem(effect, store)).join('\n')}</ol></div>
<p class="quiet" id="effects-none"${newest.length === 0 ? '' : ' hidden'}>Nothing yet. Run a helper on a contact, and what it does in the CRM appears here.</p>
</section>`;
}
