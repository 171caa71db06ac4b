import { expect, test } from '@jest/globals';
import { VideoClaims, videoOf, videoPage } from './video-page.js';

const claims = (video_id: string, more = {}) => VideoClaims.parse({ video_id, ...more });

test.each([
  ['dQw4w9WgXcQ', { source: 'youtube', id: 'dQw4w9WgXcQ' }],
  ['76979871', { source: 'vimeo', id: '76979871' }],
  ['https://www.youtube.com/watch?v=dQw4w9WgXcQ&t=3', { source: 'youtube', id: 'dQw4w9WgXcQ' }],
  ['https://youtu.be/dQw4w9WgXcQ', { source: 'youtube', id: 'dQw4w9WgXcQ' }],
  ['https://vimeo.com/76979871', { source: 'vimeo', id: '76979871' }],
  ['https://acme.wistia.com/medias/abc123', { source: 'wistia', id: 'abc123' }],
  ['https://cdn.example.com/a.mp4', { source: 'file', id: 'https://cdn.example.com/a.mp4' }],
  ['javascript:alert(1)', null],
  ['http://cdn.example.com/a.mp4', null],
  ['"><script>', null],
])('%s is shown by %j', (id, video) => {
  expect(videoOf(claims(id))).toEqual(video);
});

test('the page frames only the player, and nothing in the claims becomes markup', () => {
  const { data, options } = videoPage(
    claims('https://cdn.example.com/a.mp4?"><script>x', { video_title: '</title><script>alert(1)</script>' }),
    '/t/token/events',
  );
  expect(data).not.toContain('<script>');
  expect(options.headers?.['content-security-policy']).toContain('media-src https://cdn.example.com');
});
