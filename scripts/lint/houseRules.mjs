// The rules of the house that no ready-made lint rule covers. Loaded by oxlint as a JS plugin (.oxlintrc.json).

const CORE_LIBRARIES = ['zod', '@dagrejs/dagre', 'stemmer'];
const AMBIENT = { Date: ['now'], Math: ['random'], performance: ['now', 'timeOrigin'] };

/** Calls `check(node, specifier)` for each import and re-export, static or dynamic, types included. */
function onImports(check) {
  const visit = (node) => {
    if (typeof node.source?.value === 'string') check(node, node.source.value);
  };
  return {
    ImportDeclaration: visit,
    ImportExpression: visit,
    ExportNamedDeclaration: visit,
    ExportAllDeclaration: visit,
  };
}

/** The core imports itself and an allow-list of pure libraries. */
const coreImports = {
  create: (context) =>
    onImports((node, name) => {
      if (/^\.\.?\//.test(name) || CORE_LIBRARIES.includes(name)) return;
      context.report({
        node,
        message: `src/core imports only itself and ${CORE_LIBRARIES.join(', ')}, not '${name}'.`,
      });
    }),
};

/** Only src/vscode knows the editor. */
const noEditor = {
  create: (context) =>
    onImports((node, name) => {
      if (name !== 'vscode' && !name.startsWith('@vscode/')) return;
      context.report({ node, message: `'${name}' is imported in src/vscode only.` });
    }),
};

/** Named imports pull all of zod's languages into the bundle (444 KB instead of 88 KB). Types cost nothing. */
const zodNamespace = {
  create: (context) => ({
    ImportDeclaration(node) {
      if (node.source.value !== 'zod' || node.importKind === 'type') return;
      const named = node.specifiers.filter(
        (item) => item.type !== 'ImportNamespaceSpecifier' && item.importKind !== 'type',
      );
      if (named.length > 0) context.report({ node, message: "Write import * as z from 'zod'." });
    },
  }),
};

/** No barrels: a name is imported from the file that defines it. */
const noReexport = {
  create: (context) => ({
    ExportAllDeclaration(node) {
      context.report({ node, message: 'No export *: import from the file that defines the name.' });
    },
    ExportNamedDeclaration(node) {
      if (node.source)
        context.report({ node, message: 'No re-export: import from the file that defines the name.' });
    },
  }),
};

const noEnum = {
  create: (context) => ({
    TSEnumDeclaration(node) {
      context.report({ node, message: "No enums: write a union of strings ('a' | 'b')." });
    },
  }),
};

/** A constant is named as any other value: `mostTasks`. */
const constantNames = {
  create: (context) => ({
    VariableDeclarator(node) {
      if (node.id.type !== 'Identifier' || !/^[A-Z][A-Z\d]*(?:_[A-Z\d]+)*$/.test(node.id.name)) return;
      context.report({ node: node.id, message: `Write ${node.id.name} in camelCase, as other values.` });
    },
  }),
};

/** Time and chance come to the core through ports, so that every test can decide them. */
const noAmbientInput = {
  create: (context) => ({
    MemberExpression(node) {
      if (node.object.type !== 'Identifier' || node.property.type !== 'Identifier') return;
      if (!AMBIENT[node.object.name]?.includes(node.property.name)) return;
      context.report({
        node,
        message: `${node.object.name}.${node.property.name} comes to the core through a port.`,
      });
    },
    NewExpression(node) {
      if (node.callee.name !== 'Date' || node.arguments.length > 0) return;
      context.report({ node, message: 'new Date() reads the clock: it comes to the core through a port.' });
    },
  }),
};

const DOORS = new Set([
  'showInformationMessage',
  'showWarningMessage',
  'showErrorMessage',
  'setStatusBarMessage',
  'withProgress',
  'showInputBox',
  'createInputBox',
]);

/** The name that `object.name`, `object['name']` or `{ name }` takes from an object. */
function takenName(key, computed) {
  if (!computed) return key.name ?? key.value;
  if (key.type === 'TemplateLiteral') return key.quasis.map((part) => part.value.cooked).join('');
  return key.type === 'Literal' ? key.value : undefined;
}

/** Calls `check(node, name, computed)` for each name that is read from an object, destructured ones included. */
function onNames(check) {
  return {
    MemberExpression: (node) => check(node, node.property, node.computed),
    ObjectPattern(node) {
      for (const part of node.properties) if (part.key) check(part, part.key, part.computed);
    },
  };
}

/** The editor makes links of what its messages say: src/vscode/window makes text literal first. */
const windowDoor = {
  create: (context) =>
    onNames((node, key, computed) => {
      const name = takenName(key, computed);
      if (!DOORS.has(name)) return;
      context.report({
        node,
        message: `${name} is called in src/vscode/window only, which makes text literal.`,
      });
    }),
};

/** What keys are called that come from outside. */
const OUTSIDE = /^(?:\w*[nN]ame|\w*[kK]ey|id|label|word|option|path|code|runtimeParameter|expected)$/;
/** Calls that give a place in a list. */
const PLACES = /^(?:indexOf|findIndex|lastIndexOf|at|floor|round|min|max)$/;

/** True for a key that may be any text: by its name, or because it is put together or computed. */
function isOutside(key) {
  if (key.type === 'MemberExpression' && !key.computed) return OUTSIDE.test(key.property.name);
  if (key.type === 'CallExpression') return !PLACES.test(key.callee.property?.name ?? '');
  return key.type === 'Identifier'
    ? OUTSIDE.test(key.name)
    : /^(?:LogicalExpression|TemplateLiteral)$/.test(key.type);
}

/**
 * Every object has a `constructor`: what is keyed by names from outside is asked with Object.hasOwn or read with own().
 * A literal name asks which of several forms an object has.
 */
const ownNames = {
  create: (context) => ({
    BinaryExpression(node) {
      if (node.operator !== 'in' || node.left.type === 'Literal' || node.left.type === 'PrivateIdentifier')
        return;
      context.report({ node, message: 'Object.hasOwn, not `in`: every object has a constructor.' });
    },
    MemberExpression(node) {
      if (!node.computed) return;
      if (!isOutside(node.property)) return;
      context.report({
        node,
        message: 'own(object, name), not object[name]: every object has a constructor.',
      });
    },
  }),
};

/** What texts from outside are called, of pipelines, runs, objects and errors. */
const OUTSIDE_TEXT =
  /^(?:message|description|hint|name|displayName|path|key|bucket|label|text|preparationStatus|uri|file|id|task|outside)$/;
/** Those of them that no local of ours is called. */
const OUTSIDE_LOCAL = /^(?:message|description|hint|displayName|label|preparationStatus|search|outside)$/;
/** What a whole template may be handed to. */
const MAKES_TEXT = /^(?:plain|prose|phrase|code|nameText|asName|quoted|sentence|literal|fenced|untrusted)$/;

/** The parts of an expression that may be its value as it is. */
function bareParts(node) {
  if (node.type === 'LogicalExpression') return [...bareParts(node.left), ...bareParts(node.right)];
  if (node.type === 'ConditionalExpression')
    return [...bareParts(node.consequent), ...bareParts(node.alternate)];
  if (node.type === 'ChainExpression') return bareParts(node.expression);
  return [node];
}

/**
 * Text from outside stands in a text of ours only as `plain`, `phrase`, `code`, `named`, `quoted`, fenced or `untrusted`:
 * not as it is, within a template.
 */
const outsideText = {
  create: (context) => ({
    TemplateLiteral(node) {
      if (node.parent?.type === 'CallExpression' && MAKES_TEXT.test(node.parent.callee.name)) return;
      for (const part of node.expressions.flatMap(bareParts)) {
        const isMember = part.type === 'MemberExpression' && !part.computed;
        const name = isMember ? part.property.name : part.name;
        if (!(isMember ? OUTSIDE_TEXT : OUTSIDE_LOCAL).test(name)) continue;
        context.report({
          node: part,
          message: `${name} comes from outside: write it as plain, phrase, code, asName, quoted or untrusted.`,
        });
      }
    },
  }),
};

export default {
  meta: { name: 'house' },
  rules: {
    'core-imports': coreImports,
    'no-editor': noEditor,
    'zod-namespace': zodNamespace,
    'no-reexport': noReexport,
    'no-enum': noEnum,
    'constant-names': constantNames,
    'no-ambient-input': noAmbientInput,
    'window-door': windowDoor,
    'own-names': ownNames,
    'outside-text': outsideText,
  },
};
