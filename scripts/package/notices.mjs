import { mayShip, packageLicence } from '../check/licences.mjs';

/**
 * The text of ThirdPartyNotices.txt: each package whose work is shipped, with its licence.
 * @param {string} root the repository
 * @param {readonly string[]} packages install paths, for example `node_modules/zod`
 * @returns {string}
 * @throws when a package's licence is not one that we ship
 */
export function thirdPartyNotices(root, packages) {
  const found = packages.map((path) => packageLicence(root, path));
  const refused = found.filter(({ name, licence }) => !mayShip(name, licence));
  if (refused.length > 0) {
    const list = refused.map(({ name, version, licence }) => `${name}@${version} (${licence})`).join(', ');
    throw new Error(`Not a licence that we ship: ${list}.`);
  }
  const parts = found.map(
    ({ name, version, licence, text }) =>
      `${'='.repeat(80)}\n${name} ${version}\nLicence: ${licence}\n\n${text}\n`,
  );
  return `MLOps Chat contains work of others, under their licences:\n\n${parts.join('\n')}`;
}
