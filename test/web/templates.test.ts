import { describe, expect, it } from 'vitest';
import { FlatTemplates, flatten } from '../../src/web/templates.ts';

describe('flattening', () => {
  it('puts a page into its layout', () => {
    const flat = flatten(`<% layout('/layout') %>\n<p>It is $& and $1</p>\n`);
    expect(flat).toMatch(/^<!doctype html>[\s\S]*<main[\s\S]*<p>It is \$& and \$1<\/p>[\s\S]*<\/html>\s*$/);
    expect(flat).not.toMatch(/it\.body|layout\(/);
  });

  it('puts parts, and parts of parts, in their place', () => {
    const flat = flatten(`<% if (it.a) { %><%~ include('/parts/calendar-head', it) %><% } %>`);
    expect(flat).toContain('calendar-head');
    expect(flat).toContain('filter__form');
    expect(flat).not.toContain('include(');
  });

  it('leaves alone what stands by itself', () => {
    expect(flatten('<p><%= it.a %></p>')).toBe('<p><%= it.a %></p>');
  });

  it('fails on a part that does not exist', () => {
    expect(() => flatten(`<%~ include('/parts/nowhere', it) %>`)).toThrow(/nowhere/);
  });

  it('does not include with other data: that would need a call', () => {
    expect(flatten(`<%~ include('/parts/mark', other) %>`)).toContain('include(');
  });
});

describe('rendering', () => {
  const engine = new FlatTemplates();

  it('escapes what is written, in text and in attributes', () => {
    const html = engine.renderString('<p title="<%= it.a %>"><%= it.a %></p>', { a: `"><b>'&` });
    expect(html).toBe('<p title="&quot;&gt;&lt;b&gt;&#39;&amp;">&quot;&gt;&lt;b&gt;&#39;&amp;</p>');
  });

  it('fails on a template that does not exist', () => {
    expect(() => engine.render('relations/nowhere', {})).toThrow(/nowhere/);
  });
});
