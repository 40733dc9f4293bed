import { describe, expect, it } from 'vitest';
import { bytesOf, filePoints, openText, refusalOf, sampleOf } from './files.ts';

const labelsOf = (text: string, name?: string) => openText(text, name).columns.map(({ label }) => label);

describe('separators at the ends of lines', () => {
  it.each([
    ['of the rows', 'x,y\n0.41,-1.88,\n1,2,\n3,1.5,\n'],
    ['of every line', 'x,y,\n0.41,-1.88,\n1,2,\n3,1.5,\n'],
    ['of nearly all rows', 'x,y\n0.41,-1.88,\n1,2\n3,1.5,\n'],
    ['several of them', 'x,y,,,\n0.41,-1.88,,,\n1,2,,,\n3,1.5,,,\n'],
    ['after tabs', 'x\ty\n0.41\t-1.88\t\n1\t2\t\n3\t1.5\t\n'],
    ['with a remark in one row', 'x,y\n0.41,-1.88,\n1,2,checked\n3,1.5,\n'],
  ])('make no column: %s', (_, text) => {
    expect(labelsOf(text)).toEqual(['x', 'y']);
    expect(filePoints(openText(text))).toEqual([0.41, -1.88, 1, 2, 3, 1.5]);
  });

  it('leave a named column that is empty, and rows that lack their last number', () => {
    expect(labelsOf('x,y,remark\n1,2,\n2,3,\n3,1,\n')).toEqual(['x', 'y', 'remark']);
    expect(filePoints(openText('1,\n2,\n3,\n1,2\n2,3\n3,1\n'))).toEqual([1, 2, 2, 3, 3, 1]);
    expect(sampleOf(openText('x,y\n1,\n2,\n3,\n1,2\n2,3\n3,1\n')).notes[0]).toContain('lines 2, 3, 4');
  });
});

describe('a mark before three digits', () => {
  it('parts thousands where smaller whole numbers stand beside it, which is said', () => {
    const opened = openText('Umsatz;Kosten\n8.211;-56.333\n1.200;-895\n12;2.004\n');
    expect(filePoints(opened).map(Math.round)).toEqual([8211, -56333, 1200, -895, 12, 2004]);
    expect(sampleOf(opened).notes).toContain(
      'Took the point in 8.211 for one between thousands (8211), as smaller whole numbers stand beside it. If it begins decimals, choose the point as the decimal mark.',
    );
    const said = openText('Umsatz;Kosten\n8.211;-56.333\n1.200;-895\n12;2.004\n', 'a.csv', { decimal: '.' });
    expect(filePoints(said)[0]).toBeCloseTo(8.211, 9);
    expect(sampleOf(said).notes.join(' ')).not.toContain('Took');
  });

  it.each([
    ['8.211;-56.333\n1.200;-8.950\n3.100;2.004', 'point in 8.211', 'thousands (8211), choose the comma'],
    ['8,211;-56,333\n1,200;-8,950\n3,100;2,004', 'comma in 8,211', 'thousands (8211), choose the point'],
  ])('begins decimals where nothing tells, which is said: %s', (text, what, change) => {
    const opened = openText(`x;y\n${text}\n`);
    expect(filePoints(opened)[1]).toBeCloseTo(-56.333, 9);
    const notes = sampleOf(opened).notes.join(' ');
    expect(notes).toContain(`Took the ${what} for a decimal mark`);
    expect(notes).toContain(change);
  });

  it.each([
    ['a zero before it', 'x;y\n0.211;-5.333\n1.200;-8.950\n3;2.004\n', 0.211],
    ['other numbers of decimals', 'x;y\n8.211;-5.33\n1.200;-8.950\n3;2.004\n', 8.211],
    ['whole numbers in another column', 'id;x;y\n10;8.211;-5.33\n30;1.200;-8.950\n20;3.100;2.004\n', 8.211],
    ['two in one number', 'x;y\n1.008.211;-5.333\n1.200;-8.950\n3;2.004\n', 1008211],
    ['two in one number between tabs', 'x\ty\n1.008.211\t-5.333\n1.200\t-8.950\n3\t2.004\n', 1008211],
  ])('is told by %s', (_, text, first) => {
    const opened = openText(text);
    expect(filePoints(opened)[0]).toBeCloseTo(first, 6);
    expect(sampleOf(opened).notes.join(' ')).not.toContain('Took');
  });
});

describe('decimal commas', () => {
  it.each([
    'x,y\n"0,4106","-1,8778"\n"1,5","2"\n"3,25","1,125"\n',
    'x,y\n"0,411","-1,878"\n"1,500","2,000"\n"3,250","1,125"\n',
    '"0,4106","-1,8778"\n"1,5","2"\n"3,25","1,125"\n',
  ])('in quotation marks are told from commas between columns: %#', (text) => {
    const opened = openText(text);
    expect(opened.format).toMatchObject({ separator: ',', decimal: ',' });
    expect(filePoints(opened)[3]).toBeCloseTo(2, 9);
    expect(filePoints(opened)[4]).toBeCloseTo(3.25, 9);
  });

  it.each([
    '[{"x":"0,41","y":"-1,87"},{"x":"1,5","y":"2"},{"x":3,"y":"1,5"}]',
    '{"x":["0,41","1,5",3],"y":["-1,87","2","1,5"]}',
    '[["0,41","-1,87"],["1,5","2"],["3","1,5"]]',
  ])('in JSON are read: %s', (text) => {
    for (const [i, value] of [0.41, -1.87, 1.5, 2, 3, 1.5].entries())
      expect(filePoints(openText(text, 'a.json'))[i]).toBeCloseTo(value, 9);
  });

  it('in JSON follow what a program says', () => {
    const text = '[["1,500","2"],["2,250","3"],["4","1,125"]]';
    expect(filePoints(openText(text, 'a.json'))[0]).toBeCloseTo(1500, 6);
    expect(filePoints(openText(text, 'a.json', { decimal: ',' }))[0]).toBeCloseTo(1.5, 9);
  });
});

describe('numbers with something around them', () => {
  it.each([
    ['units', 'x,y\n0.41 m,-1.88 kg\n1 m,2 kg\n3 m,1.5 kg\n', 'm, kg'],
    ['units without names', '0.41 m,-1.88 kg\n1 m,2 kg\n3 m,1.5 kg\n', 'm, kg'],
    ['units and decimal commas', 'x;y\n0,41 m/s;-1,88 °C\n1,0 m/s;2 °C\n3 m/s;1,5 °C\n', 'm/s, °C'],
    ['money', 'x,y\n$0.41,-$1.88\n$1,$2\n$3,$1.5\n', '$, $'],
    ['parts of a hundred', 'x\ty\n0.41%\t-1.88\n1%\t2\n3%\t1.5\n', '%'],
  ])('are read: %s', (_, text, units) => {
    expect(filePoints(openText(text))).toEqual([0.41, -1.88, 1, 2, 3, 1.5]);
    expect(sampleOf(openText(text)).notes).toContain(`Read the numbers without their units: ${units}.`);
  });

  it.each([
    '(0.41, -1.88)\n(1, 2)\n(3, 1.5)\n',
    '(0.41, -1.88),\n(1, 2),\n(3, 1.5)\n',
    '"POINT (0.41 -1.88)"\n"POINT (1 2)"\n"POINT (3 1.5)"\n',
    'POINT(0.41 -1.88)\nPOINT(1 2)\nPOINT(3 1.5)\n',
    'geometry\n"POINT (0.41 -1.88)"\n"POINT (1 2)"\n"POINT (3 1.5)"\n',
  ])('are read in brackets: %j', (text) => {
    expect(filePoints(openText(text))).toEqual([0.41, -1.88, 1, 2, 3, 1.5]);
  });

  it('are no numbers where each has another word, and are named as they are', () => {
    const opened = openText('x,y,size\n0.41,-1.88,3 apples\n1,2,4 pears\n3,1.5,5 plums\n');
    expect(filePoints(opened)).toEqual([0.41, -1.88, 1, 2, 3, 1.5]);
    const said = refusalOf(bytesOf('u,v\n3 apples,1 m\n4 pears,2 kg\n5 plums,3 s\n')).message;
    expect(said).toBe('points.csv, line 2: "3 apples" is not a number by itself.');
  });
});
