/** A number from the environment. @throws Error when it is not a number above 0 */
export function numberFrom(name, byDefault) {
  const value = Number(process.env[name] ?? byDefault);
  if (!(value > 0)) throw new Error(`${name} is a number above 0, not "${process.env[name]}".`);
  return value;
}

/** Those of `all` that the environment lists, separated by commas; all without. @throws Error for others */
export function chosenFrom(name, all) {
  const wanted = process.env[name]?.split(',');
  const unknown = wanted?.find((word) => !all.some((one) => String(one) === word));
  if (unknown !== undefined) throw new Error(`${name} has "${unknown}"; there are: ${all.join(', ')}.`);
  return wanted ? all.filter((one) => wanted.includes(String(one))) : all;
}

/** Progress of a long benchmark, beside the table. */
export const say = (line) => console.error(line);
