// Seal and open with another implementation of age: bytes on stdin, bytes on stdout.
import { readFileSync, writeSync } from "node:fs"
import * as age from "age-encryption"

const steps = {
  async keygen(kind) {
    const identity = kind === "hybrid" ? await age.generateHybridIdentity() : await age.generateX25519Identity()
    return `${identity}\n${await age.identityToRecipient(identity)}\n`
  },
  async seal(recipient) {
    const encrypter = new age.Encrypter()
    encrypter.addRecipient(recipient)
    return encrypter.encrypt(readFileSync(0))
  },
  async open(identity) {
    const decrypter = new age.Decrypter()
    decrypter.addIdentity(identity)
    return decrypter.decrypt(readFileSync(0))
  },
  async "seal-passphrase"(passphrase) {
    const encrypter = new age.Encrypter()
    encrypter.setScryptWorkFactor(10)
    encrypter.setPassphrase(passphrase)
    return encrypter.encrypt(readFileSync(0))
  },
  async "open-passphrase"(passphrase) {
    const decrypter = new age.Decrypter()
    decrypter.addPassphrase(passphrase)
    return decrypter.decrypt(readFileSync(0))
  },
  async armor() {
    return age.armor.encode(readFileSync(0))
  },
  async dearmor() {
    return age.armor.decode(readFileSync(0, "utf8"))
  },
}

const [step, argument] = process.argv.slice(2)
let answer = Buffer.from(await steps[step](argument))
while (answer.length) answer = answer.subarray(writeSync(1, answer))
