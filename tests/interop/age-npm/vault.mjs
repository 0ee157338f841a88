// Open a stillmine vault with another implementation of age and nothing of ours; written from
// docs/formats.md alone. Usage: node vault.mjs FOLDER SLOT < PASSPHRASE. Prints JSON.
import { createHash } from "node:crypto"
import { readFileSync, readdirSync } from "node:fs"
import { join } from "node:path"
import { Decrypter } from "age-encryption"

const [folder, slot] = process.argv.slice(2)

async function open(path, ...keys) {
  const decrypter = new Decrypter()
  for (const key of keys) {
    if (key.startsWith("AGE-SECRET-KEY-")) decrypter.addIdentity(key)
    else decrypter.addPassphrase(key)
  }
  return Buffer.from(await decrypter.decrypt(readFileSync(join(folder, path))))
}

const lines = (bytes) => bytes.toString("ascii").split("\n").filter(Boolean)
const keysIn = (bytes) => lines(bytes).filter((line) => !line.startsWith("#"))
const textOf = (block, at, length) => block.toString("latin1", at, at + length).split("\0")[0]

// POSIX.1-2001: a pax header (type x) may rename the entry that follows it.
function untar(bytes) {
  const entries = []
  let path = null
  for (let at = 0; bytes[at] !== 0; ) {
    const size = parseInt(textOf(bytes, at + 124, 12), 8)
    const content = bytes.subarray(at + 512, at + 512 + size)
    if (bytes[at + 156] === "x".charCodeAt(0)) {
      path = paxPath(content) ?? path
    } else {
      entries.push({ name: path ?? textOf(bytes, at, 100), content })
      path = null
    }
    at += 512 + Math.ceil(size / 512) * 512
  }
  return entries
}

function paxPath(records) {
  for (let at = 0; at < records.length; ) {
    const length = parseInt(records.toString("latin1", at, at + 20), 10)
    const record = records.toString("utf8", at, at + length - 1)
    const [, key, value] = record.match(/^\d+ ([^=]+)=(.*)$/s)
    if (key === "path") return value
    at += length
  }
  return null
}

async function rows(epoch, compartments) {
  const found = []
  for (const name of readdirSync(join(folder, epoch)).filter((n) => /^table-.*\.age$/.test(n))) {
    const text = lines(await open(join(epoch, name), ...compartments)).slice(1)
    for (let at = 0; at < text.length; at += 2) {
      found.push({ ...JSON.parse(text[at].slice(2)), key: text[at + 1] })
    }
  }
  return found
}

async function itemOf(row) {
  const path = join("objects", row.item.slice(0, 2), `${row.item}.age`)
  const sealed = createHash("sha256").update(readFileSync(join(folder, path))).digest("hex")
  const [header, original] = untar(await open(path, row.key))
  const facts = JSON.parse(header.content)
  if (sealed !== row.sum || facts.item !== row.item) throw new Error(`not what was written: ${row.item}`)
  const sha256 = createHash("sha256").update(original.content).digest("hex")
  return [row.item, { name: original.name.replace("original/", ""), label: row.label, sha256 }]
}

const root = keysIn(await open(join("slots", slot), readFileSync(0, "utf8").trim()))
const epoch = join("keys", readdirSync(join(folder, "keys")).sort().at(-1))
const compartments = keysIn(await open(join(epoch, "compartments.age"), ...root))
const items = []
for (const row of await rows(epoch, compartments)) items.push(await itemOf(row))
const letterbox = keysIn(await open(join(epoch, "inbox.age"), ...root))
const letters = readdirSync(join(folder, "inbox")).filter((name) => name.endsWith(".age"))
const letter = (await open(join("inbox", letters[0]), ...letterbox)).toString()
console.log(JSON.stringify({ items: Object.fromEntries(items), letter }))
