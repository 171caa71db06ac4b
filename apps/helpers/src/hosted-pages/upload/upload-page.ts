import type { Answer } from '#service-defaults';
import { escapeHtml, htmlPage, scriptJson } from '../html-page.js';
import { MOST_FILE_BYTES } from './accepted-file.js';

const SCRIPT = `(() => {
  const { files, mostBytes } = UPLOAD;
  const form = document.querySelector('form');
  const note = document.querySelector('[role=status]');
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    const file = form.elements.file.files[0];
    if (file === undefined) return;
    if (file.size > mostBytes) { note.textContent = 'This file is too large.'; return; }
    note.textContent = 'Sending ...';
    form.elements.send.disabled = true;
    try {
      const answer = await fetch(files, { method: 'POST', body: new FormData(form), headers: { accept: 'application/json' } });
      const body = await answer.json().catch(() => ({}));
      note.textContent = answer.ok ? 'Thank you, the file has arrived.' : String(body.error ?? 'The file was not accepted.');
      if (answer.ok) form.remove();
    } catch {
      note.textContent = 'The file could not be sent. Please try again.';
    }
    if (form.isConnected) form.elements.send.disabled = false;
  });
})();`;

/** The page on which a person hands in a file. @param filesPath where it goes; the form works without a script too */
export function uploadPage(title: string, filesPath: string): Answer<string> {
  const heading = escapeHtml(title === '' ? 'Send us a file' : title);
  return htmlPage({
    title: title === '' ? 'Upload' : title,
    body: `<h1>${heading}</h1>
    <form method="post" action="${escapeHtml(filesPath)}" enctype="multipart/form-data">
      <p><input type="file" name="file" required aria-label="File" /></p>
      <p><input type="submit" name="send" value="Send" /></p>
    </form>
    <p role="status">At most ${MOST_FILE_BYTES / 1024 / 1024} MiB. Programs and web pages are not accepted.</p>`,
    script: `const UPLOAD = ${scriptJson({ files: filesPath, mostBytes: MOST_FILE_BYTES })};\n${SCRIPT}`,
  });
}
