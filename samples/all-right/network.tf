provider "aws" {
  region = "eu-central-1"
}

resource "aws_vpc" "shop" {
  cidr_block           = "10.20.0.0/16"
  enable_dns_support   = true
  enable_dns_hostnames = true
}

resource "aws_subnet" "nodes" {
  vpc_id            = aws_vpc.shop.id
  cidr_block        = "10.20.0.0/20"
  availability_zone = "eu-central-1a"
}

resource "aws_subnet" "data" {
  vpc_id            = aws_vpc.shop.id
  cidr_block        = "10.20.16.0/20"
  availability_zone = "eu-central-1b"
}

resource "aws_route_table" "nodes" {
  vpc_id = aws_vpc.shop.id
}

resource "aws_route_table" "data" {
  vpc_id = aws_vpc.shop.id
}

resource "aws_route_table_association" "nodes" {
  subnet_id      = aws_subnet.nodes.id
  route_table_id = aws_route_table.nodes.id
}

resource "aws_route_table_association" "data" {
  subnet_id      = aws_subnet.data.id
  route_table_id = aws_route_table.data.id
}

resource "aws_security_group" "endpoints" {
  vpc_id = aws_vpc.shop.id

  ingress {
    protocol    = "tcp"
    from_port   = 443
    to_port     = 443
    cidr_blocks = [aws_vpc.shop.cidr_block]
  }
}

locals {
  endpoints = {
    "ecr.api" = true
    "ecr.dkr" = true
    "sts"     = true
    "ec2"     = true
  }
}

resource "aws_vpc_endpoint" "interface" {
  for_each = local.endpoints

  vpc_id              = aws_vpc.shop.id
  service_name        = "com.amazonaws.eu-central-1.${each.key}"
  vpc_endpoint_type   = "Interface"
  subnet_ids          = [aws_subnet.nodes.id]
  security_group_ids  = [aws_security_group.endpoints.id]
  private_dns_enabled = each.value
}

resource "aws_vpc_endpoint" "s3" {
  vpc_id            = aws_vpc.shop.id
  service_name      = "com.amazonaws.eu-central-1.s3"
  vpc_endpoint_type = "Gateway"
  route_table_ids   = [aws_route_table.nodes.id, aws_route_table.data.id]
}
