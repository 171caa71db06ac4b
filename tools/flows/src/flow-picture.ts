/** Who takes part in a flow: a person or another company's system (`actor`), or something that the code names. */
export interface Participant {
  id: string;
  name: string;
  outside: boolean;
}

export interface Message {
  line: number;
  from: Participant;
  to: Participant;
  /** An answer to an earlier message. */
  answer: boolean;
  text: string;
}

export interface FlowPicture {
  participants: Participant[];
  messages: Message[];
}

const PARTICIPANT = /^(participant|actor) (\w+)(?: as (\S.*))?$/;
const MESSAGE = /^(\w+)(->>|-->>)(\w+): (\S.*)$/;
const NOTE = /^Note (?:over (\w+)(?:,(\w+))?|(?:left|right) of (\w+)): \S.*$/;
const OPENING = /^(alt|opt|loop|par|critical|break) \S.*$/;
const CONTINUING: Record<string, string> = { else: 'alt', and: 'par', option: 'critical' };
/** Mermaid ends a statement at `;` and reads `#` as the beginning of an entity. */
const TRAPS = /[;#]/;

/**
 * Reads a sequence diagram in the part of Mermaid's language that the pictures use: everything that this reads is
 * valid Mermaid, and nothing else is allowed.
 * @throws Error that names the line
 */
export function readFlowPicture(source: string): FlowPicture {
  const participants = new Map<string, Participant>();
  const messages: Message[] = [];
  const blocks: string[] = [];
  const used = new Set<string>();
  const lines = source.split('\n').map((text, index) => ({ text: text.trim(), line: index + 1 }));
  const fail = (line: number, reason: string): never => {
    throw new Error(`line ${line}: ${reason}`);
  };
  const one = (id: string | undefined, line: number): Participant => {
    used.add(id ?? '');
    return participants.get(id ?? '') ?? fail(line, `${id} is not declared`);
  };
  const [first, ...rest] = lines.filter(({ text }) => text !== '');
  if (first?.text !== 'sequenceDiagram') fail(first?.line ?? 1, 'a flow begins with sequenceDiagram');
  for (const { text, line } of rest) {
    if (TRAPS.test(text)) fail(line, 'Mermaid would misread ";" or "#" here');
    const declared = PARTICIPANT.exec(text);
    const said = MESSAGE.exec(text);
    const note = NOTE.exec(text);
    const [word = ''] = text.split(' ');
    if (declared) {
      const [, kind, id = '', name = id] = declared;
      if (id === 'end') fail(line, 'end closes a block');
      if (participants.has(id)) fail(line, `${id} is declared twice`);
      if (messages.length > 0) fail(line, 'participants come first');
      participants.set(id, { id, name, outside: kind === 'actor' });
    } else if (said) {
      const [, from, arrow, to, message = ''] = said;
      messages.push({ line, from: one(from, line), to: one(to, line), answer: arrow === '-->>', text: message });
    } else if (note) {
      for (const id of note.slice(1).filter((each) => each !== undefined)) one(id, line);
    } else if (OPENING.test(text)) {
      blocks.push(word);
    } else if (word in CONTINUING && text !== word) {
      if (blocks.at(-1) !== CONTINUING[word]) fail(line, `${word} belongs into ${CONTINUING[word]}`);
    } else if (text === 'end') {
      if (blocks.pop() === undefined) fail(line, 'there is no block to close');
    } else {
      fail(line, `cannot be read: ${text}`);
    }
  }
  if (blocks.length > 0) fail(lines.length, `${blocks.join(', ')} is not closed`);
  for (const id of participants.keys()) if (!used.has(id)) fail(lines.length, `${id} takes no part`);
  if (messages.length === 0) fail(lines.length, 'nobody says anything');
  return { participants: [...participants.values()], messages };
}

/** The pictures of a page. @throws Error when one is not closed */
export function picturesOf(page: string): string[] {
  const found = [...page.matchAll(/^```mermaid\n([\s\S]*?)^```$/gm)].map(([, source = '']) => source);
  if (found.length !== page.split('```mermaid').length - 1) throw new Error('a picture is not closed');
  return found;
}
