// A visit: one browser context with the doors, looks and checks that stories share.
import assert from 'node:assert/strict';

export class Visit {
  constructor(browser, address, people, axe) {
    Object.assign(this, { browser, address, people, axe, faults: [], expected: /status of 4\d\d/ });
  }

  /** Turns to the program that has a provider, a directory and passkeys. */
  atDoors() {
    Object.assign(this, { address: process.env.ORCHESTRE_DOORS, people: JSON.parse(process.env.ORCHESTRE_DOORS_PEOPLE) });
  }

  /** Opens a page of its own; `look` may set width, height, theme, script, locale. */
  async open(look = {}) {
    const { width = 1440, height = 1000, theme = 'light', script = true, locale } = look;
    this.context = await this.browser.newContext({
      viewport: { width, height }, colorScheme: theme, javaScriptEnabled: script, reducedMotion: 'reduce', ...locale && { locale },
    });
    this.page = await this.context.newPage();
    this.page.on('pageerror', (error) => this.faults.push(`script: ${error.message}`));
    this.page.on('console', (line) => {
      // A refusal is an answer; what the pages of others say of themselves is theirs.
      const { url } = line.location();
      const isOurs = !url || url.startsWith(this.address);
      if (line.type() === 'error' && isOurs && !this.expected.test(line.text())) this.faults.push(`console: ${line.text()}`);
    });
    return this.page;
  }

  /** Signs somebody in by the first part of the address, such as `aminata.lefort`. */
  async signIn(name, look) {
    const page = await this.open(look);
    const person = this.people.find((one) => one.email.startsWith(`${name}@`));
    assert.ok(person, `no sign-in for ${name}`);
    await page.goto(`${this.address}/sign-in`);
    await page.fill('input[name=email]', person.email);
    await page.fill('input[name=password]', person.password);
    await page.click('form[action="/sign-in"] button');
    await page.waitForURL((url) => !url.pathname.startsWith('/sign-in'));
    return page;
  }

  /** Chooses the language of whoever is signed in; stories before may have chosen another. */
  async speak(lang) {
    await this.go('/settings');
    await this.page.selectOption('select[name=lang]', lang);
    await this.page.click('form[action="/settings/own"] button');
    await this.page.waitForURL(/\/settings/);
  }

  /** Goes to a path and gives the status. */
  async go(path) {
    const answer = await this.page.goto(this.address + path);
    return answer.status();
  }

  /** Fails when axe finds a violation on the present page. */
  async isAccessible() {
    await this.page.evaluate(this.axe);
    const found = await this.page.evaluate(() => globalThis.axe.run(document, { resultTypes: ['violations'] }));
    const lines = found.violations.map((one) => `${one.id}: ${one.help} (${one.nodes.slice(0, 3).map((node) => node.target.join(' ')).join(' | ')})`);
    assert.deepEqual(lines, [], `axe at ${this.page.url()}`);
  }

  /** Fails when the page is wider than its window. */
  async fits() {
    const [wide, room] = await this.page.evaluate(() => [document.documentElement.scrollWidth, document.documentElement.clientWidth]);
    assert.ok(wide <= room, `${this.page.url()} is ${wide} px wide in ${room}`);
  }

  /** Fails when a key of the texts shows in place of its words, or the page says it speaks another language. */
  async isTranslated(lang) {
    assert.equal(await this.page.getAttribute('html', 'lang'), lang);
    const keys = (await this.text()).match(/\b(page|button|field|state|error|warning|figure|event|word|chart)-[a-z][\w-]+/g);
    assert.deepEqual(keys ?? [], [], `texts at ${this.page.url()}`);
  }

  async text() {
    return (await this.page.innerText('body')).replaceAll(/[\u00a0\u202f]/g, ' ');
  }

  async close({ isQuiet = false } = {}) {
    await this.context?.close();
    if (!isQuiet) assert.deepEqual(this.faults, [], 'the browser reported errors');
  }
}
