//go:build tools

// Package program names the program to build, so that go.mod and go.sum pin it with all that it needs.
package program

import _ "k8s.io/kubernetes/cmd/kube-apiserver"
