// The administrator: comes to how the program runs, in both languages, and asks a job to run.
import assert from 'node:assert/strict';

const story = (lang, look) => async (visit) => {
  const page = await visit.signIn('ada.admin', look);
  await visit.speak(lang);
  await visit.go('/');
  assert.match(page.url(), /\/settings\/system$/);
  await visit.fits();
  await visit.isAccessible();
  await visit.isTranslated(lang);
  const words = await visit.text();
  assert.ok(words.includes('SQLite'), words);
  assert.ok(!/Lysarel|Hartwenden/.test(words), 'nothing of a customer');
  await page.selectOption('select[name=job]', 'sweep');
  await page.click('form[action="/settings/system/jobs"] button');
  await page.waitForURL(/\/settings\/system/);
  await visit.go('/portfolio');
  assert.ok(!/Lysarel|Hartwenden/.test(await visit.text()), 'the portfolio holds nothing for the administrator');
};

export const stories = {
  'the administrator in en, 1440 px': story('en', { width: 1440 }),
  'the administrator in fr, 390 px, dark': story('fr', { width: 390, height: 844, theme: 'dark' }),
};
