//go:build tools

// Package program names the program to build, so that go.mod and go.sum pin it with all that it needs.
package program

import _ "go.etcd.io/etcd/server/v3"
